import type { UpstreamReport } from '../core/snapshot.ts';

/** A replica that refuses everything would have the main thread told thousands of times a second. */
const QUIET_MS = 20;

/** Lets the first report of a kind about an instance through at once, and further ones only after a while. */
export function reportFilter(
  send: (report: UpstreamReport) => void,
  nowMs: () => number,
): (report: UpstreamReport) => void {
  const lastSent = new Map<string, number>();
  return (report) => {
    const key = `${report.kind} ${report.instanceId}`;
    const now = nowMs();
    if (now - (lastSent.get(key) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return;
    // Instances come and go; what was sent long ago is of no more use.
    if (lastSent.size > 1000) lastSent.clear();
    lastSent.set(key, now);
    send(report);
  };
}
