import type { ReplicaStatus } from '#lib/api/state.ts';
import { type Shape, STATUS_LOOKS, type Tone } from '../_replicas/status.ts';

const TONE_CLASS: Readonly<Record<Tone, string>> = {
  good: 'text-good',
  warning: 'text-warning',
  critical: 'text-critical',
  neutral: 'text-muted',
};

export function toneClass(tone: Tone): string {
  return TONE_CLASS[tone];
}

const SHAPES: Readonly<Record<Shape, React.ReactNode>> = {
  disc: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  circle: <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  triangle: <path d="M5 .8 9.6 9.2H.4Z" fill="currentColor" />,
  square: <rect x="1" y="1" width="8" height="8" fill="currentColor" />,
  bars: <path d="M1.4 1h2.6v8H1.4zM6 1h2.6v8H6z" fill="currentColor" />,
};

interface MarkProps {
  readonly shape: Shape;
  readonly tone: Tone;
}

/** A state's shape in its colour; the word stands beside it, so it is hidden from screen readers. */
export function Mark({ shape, tone }: MarkProps) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className={`inline-block size-[0.625rem] shrink-0 ${toneClass(tone)}`}>
      {SHAPES[shape]}
    </svg>
  );
}

const TONE_SHAPE: Readonly<Record<Tone, Shape>> = {
  good: 'disc',
  warning: 'triangle',
  critical: 'square',
  neutral: 'circle',
};

export function ToneMark({ tone }: { readonly tone: Tone }) {
  return <Mark shape={TONE_SHAPE[tone]} tone={tone} />;
}

/** Shape, word and colour of a status. */
export function StatusMark({ status }: { readonly status: ReplicaStatus }) {
  const look = STATUS_LOOKS[status];
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <Mark shape={look.shape} tone={look.tone} />
      {look.word}
    </span>
  );
}
