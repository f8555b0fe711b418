'use client';

import { useLive } from '../_live/provider.tsx';
import { Link } from '../_ui/link.tsx';
import { ToneMark, toneClass } from '../_ui/status-mark.tsx';
import { presenceOf } from './alert-words.ts';

/** What fires, in the headline of every page: quiet while nothing does. */
export function AlertFigure() {
  const alerts = useLive(({ state }) => state?.alerts ?? null);
  const { tone, worst, others } = presenceOf(alerts ?? []);
  return (
    <Link href="/alerts" data-testid="alert-figure" className="underline-offset-4 hover:underline">
      <span className={`inline-flex items-center gap-x-1.5 ${tone === 'neutral' ? '' : toneClass(tone)}`}>
        {tone !== 'neutral' && <ToneMark tone={tone} />}
        <span>
          {worst}
          {/* A phone has room for the worst of them. */}
          {others !== '' && <span className="max-md:hidden">, {others}</span>}
        </span>
      </span>
    </Link>
  );
}
