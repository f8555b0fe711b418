import type { RunHead } from '#lib/lab/run.ts';

/** How a run ended: a sign and a word, colour besides. */
export function Verdict({ head }: { readonly head: Pick<RunHead, 'status' | 'pass'> }) {
  if (head.status === 'running') return <span className="text-warning">◐ running</span>;
  if (head.status === 'failed') return <span className="text-critical">✗ failed</span>;
  if (head.status === 'cancelled') return <span className="text-muted">– cancelled</span>;
  if (head.pass === null) return <span className="text-muted">● done</span>;
  return head.pass ? (
    <span className="text-good">✓ holds</span>
  ) : (
    <span className="text-critical">✗ does not hold</span>
  );
}
