import type { ReactNode } from 'react';
import { KILL_STEPS } from '#lib/lab/kill-steps.ts';
import type { KillSteps } from '#lib/lab/run.ts';
import { span } from '#lib/span.ts';

interface KillStripProps {
  readonly steps: KillSteps;
  /** ms after the fault; null when it is over: what has not happened by then never did. */
  readonly sinceMs: number | null;
  readonly lost: number;
  readonly note: string;
}

/** The stopwatch of a fault: when each step came, and what was lost. */
export function KillStrip({ steps, sinceMs, lost, note }: KillStripProps) {
  const last = KILL_STEPS.findLastIndex(([, key]) => steps[key] !== null);
  return (
    <dl className="stopwatch stopwatch-6 my-4" data-testid="kill-strip">
      {KILL_STEPS.map(([word, key], at) => {
        const waits = sinceMs !== null && at === last + 1;
        return (
          <Cell key={key} word={word} tone={waits ? 'text-warning' : ''}>
            {spanText(steps[key], waits ? sinceMs : null)}
          </Cell>
        );
      })}
      <Cell word="requests lost" tone={lost > 0 ? 'text-critical' : ''}>
        {lost} <span className="ml-1 font-normal text-muted text-small">{note}</span>
      </Cell>
    </dl>
  );
}

function spanText(ms: number | null, waitingMs: number | null): string {
  if (ms !== null) return span(ms);
  return waitingMs === null ? '–' : `${span(waitingMs)} …`;
}

function Cell({
  word,
  tone,
  children,
}: {
  readonly word: string;
  readonly tone: string;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <dt className="text-muted text-small">{word}</dt>
      <dd className={`font-semibold text-large ${tone}`}>{children}</dd>
    </div>
  );
}
