import { memo } from 'react';
import type { StoredEvent } from '#lib/api/admin.ts';
import type { SamplesPage } from '#lib/api/samples.ts';
import type { Stretch } from './window.ts';

const WIDTH = 1_000;
const HEIGHT = 44;
const MARKED: ReadonlySet<StoredEvent['severity']> = new Set(['critical', 'warning']);
const CHANGES: ReadonlySet<StoredEvent['kind']> = new Set(['added', 'removed', 'balancer-started']);

interface TrackDrawingProps extends Stretch {
  readonly samples: SamplesPage | null;
  readonly events: readonly StoredEvent[];
}

/** Under the slider: requests a second as an area, times somebody was away tinted, and a mark an event worth finding. */
export const TrackDrawing = memo(function TrackDrawing({ from, to, samples, events }: TrackDrawingProps) {
  const x = (at: number): number => ((at - from) / (to - from)) * WIDTH;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="absolute inset-0 size-full"
    >
      {samples !== null && (
        <>
          <path d={awayPath(samples, x)} className="fill-critical/20" />
          <path d={areaPath(samples, x)} className="fill-edge" />
        </>
      )}
      {events.map((event) => (
        <Mark key={event.id} event={event} x={x(event.at)} />
      ))}
    </svg>
  );
});

function Mark({ event: { severity, kind }, x }: { readonly event: StoredEvent; readonly x: number }) {
  if (!MARKED.has(severity) && !CHANGES.has(kind)) return null;
  const colors = { critical: 'stroke-critical', warning: 'stroke-warning', info: 'stroke-ink', good: 'stroke-ink' };
  return (
    <line
      x1={x.toFixed(2)}
      x2={x.toFixed(2)}
      y1={MARKED.has(severity) ? 0 : HEIGHT - 12}
      y2={severity === 'critical' ? HEIGHT : 14}
      className={colors[severity]}
      strokeWidth="1.5"
      vectorEffect="non-scaling-stroke"
    />
  );
}

/** Broken where no balancer ran. */
function areaPath({ samples, strideMs }: SamplesPage, x: (at: number) => number): string {
  const most = Math.max(1, ...samples.map((sample) => sample.requestsPerSecond));
  const y = (value: number): string => (HEIGHT - (value / most) * (HEIGHT - 6)).toFixed(1);
  let path = '';
  samples.forEach((sample, index) => {
    const next = samples[index + 1];
    const begins = (samples[index - 1]?.at ?? Number.NEGATIVE_INFINITY) < sample.at - strideMs * 2;
    if (begins) path += `M${x(sample.at).toFixed(1)} ${HEIGHT}`;
    path += `L${x(sample.at).toFixed(1)} ${y(sample.requestsPerSecond)}`;
    if (next === undefined || next.at > sample.at + strideMs * 2) path += `L${x(sample.at).toFixed(1)} ${HEIGHT}Z`;
  });
  return path;
}

function awayPath({ samples, strideMs }: SamplesPage, x: (at: number) => number): string {
  return samples
    .filter(({ serving, replicas }) => serving < replicas.length)
    .map(({ at }) => {
      const left = x(at);
      const width = Math.max(1, x(at + strideMs) - left);
      return `M${left.toFixed(1)} 0h${width.toFixed(1)}v${HEIGHT}h-${width.toFixed(1)}Z`;
    })
    .join('');
}
