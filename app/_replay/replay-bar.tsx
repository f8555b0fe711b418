'use client';

import { Check, Link2, Pause, Play, Radio, SkipBack, SkipForward } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '../_ui/button.tsx';
import { ago } from '../_ui/format.ts';
import { Segmented } from '../_ui/segmented.tsx';
import { Time } from '../_ui/time.tsx';
import { Track } from './track.tsx';
import { SPEED_OPTIONS } from './use-clock.ts';
import type { Replay } from './use-replay.ts';
import { SPAN_OPTIONS } from './window.ts';

/** Says that this is the past, which moment of it, and moves it. */
export function ReplayBar({ replay }: { readonly replay: Replay }) {
  const { at, playing, window, step, toggle, seek } = replay;
  if (at === null) return <p className="border-line border-b px-4 py-4 text-muted lg:px-6">Looking for the present…</p>;
  const icon = 'size-4';
  return (
    <section aria-label="Replay" className="border-line border-b bg-ground">
      <Banner replay={replay} at={at} />
      <div className="flex flex-wrap items-start gap-x-5 gap-y-3 px-4 pt-3 pb-2 lg:px-6">
        <div className="flex items-center gap-1.5 pt-1.5">
          <Button aria-label="To the event before" aria-keyshortcuts="," onClick={() => step(-1)} className="px-2">
            <SkipBack className={icon} aria-hidden="true" />
          </Button>
          <Button weight="main" aria-keyshortcuts="Space" onClick={toggle} className="w-24">
            {playing ? <Pause className={icon} aria-hidden="true" /> : <Play className={icon} aria-hidden="true" />}
            {playing ? 'Pause' : 'Play'}
          </Button>
          <Button aria-label="To the next event" aria-keyshortcuts="." onClick={() => step(1)} className="px-2">
            <SkipForward className={icon} aria-hidden="true" />
          </Button>
        </div>
        <Track window={window} at={at} onSeek={seek} />
        <div className="flex flex-wrap items-center gap-3 pt-1.5 max-md:w-full">
          <Segmented
            label="Speed"
            options={SPEED_OPTIONS}
            value={String(replay.speed)}
            onChange={(speed) => replay.setSpeed(Number(speed))}
          />
          <Segmented label="Slider spans" options={SPAN_OPTIONS} value={replay.span} onChange={replay.setSpan} />
        </div>
      </div>
    </section>
  );
}

function Banner({ replay, at }: { readonly replay: Replay; readonly at: number }) {
  const router = useRouter();
  const { error, reading } = replay;
  return (
    <div
      role="status"
      data-testid="past-banner"
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 bg-warning px-4 py-1.5 text-ground lg:px-6"
    >
      <strong>You look at the past</strong>
      <span data-testid="moment-shown" className="[&_time]:text-[0.8125rem]">
        <Time at={at} precision="full" />
      </span>
      <span>{ago(replay.now - at)}</span>
      {error !== null ? <span>{error.message}</span> : reading && <span>reading what was kept…</span>}
      <span className="ml-auto flex items-center gap-2">
        <CopyLink />
        <Button
          className="h-7 border-ground/60 hover:border-ground hover:bg-ground/15"
          aria-keyshortcuts="l"
          onClick={() => router.push('/')}
        >
          <Radio className="size-3.5" aria-hidden="true" />
          Live
        </Button>
      </span>
    </div>
  );
}

/** The address in the browser's bar names the moment; this takes it along. */
function CopyLink() {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(location.href);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <Button
      className="h-7 border-ground/60 hover:border-ground hover:bg-ground/15 max-sm:hidden"
      onClick={() => void copy()}
    >
      {copied ? <Check className="size-3.5" aria-hidden="true" /> : <Link2 className="size-3.5" aria-hidden="true" />}
      {copied ? 'Copied' : 'Copy link'}
    </Button>
  );
}
