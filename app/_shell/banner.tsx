'use client';

import { connectionWords } from '../_live/connection-words.ts';
import { useLive } from '../_live/provider.tsx';
import { ToneMark, toneClass } from '../_ui/status-mark.tsx';
import { Time } from '../_ui/time.tsx';

/** Says that the page is not live, why, and from when its figures are. */
export function Banner() {
  const connection = useLive((view) => view.connection);
  const lastAt = useLive((view) => view.lastAt);
  const words = connectionWords(connection, lastAt !== null);
  return (
    <div role="status" aria-live="polite">
      {words !== null && (
        <div
          className="flex flex-wrap items-center gap-x-3 border-line border-b bg-tint px-4 py-2 lg:px-6"
          data-testid="connection-banner"
        >
          <ToneMark tone={words.tone} />
          <strong className={toneClass(words.tone)}>{words.headline}</strong>
          <span>{words.detail}.</span>
          {lastAt !== null && (
            <span className="text-muted">
              What you see is from <Time at={lastAt} precision="seconds" />.
            </span>
          )}
          {connection === 'signed-out' && (
            <a href="/login" className="underline">
              Sign in
            </a>
          )}
        </div>
      )}
    </div>
  );
}
