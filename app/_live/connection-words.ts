import type { Connection } from './view.ts';

/** What the banner says while the page is not live; null when it is. */
export interface ConnectionWords {
  readonly tone: 'warning' | 'critical';
  readonly headline: string;
  readonly detail: string;
}

/** Old figures are never shown as live: this says why they are old. The time they are from is added by the banner. */
export function connectionWords(connection: Connection, everConnected: boolean): ConnectionWords | null {
  switch (connection) {
    case 'live':
    case 'past':
      return null;
    case 'connecting':
      return everConnected ? null : { tone: 'warning', headline: 'Connecting', detail: 'waiting for the balancer' };
    case 'stale':
      return { tone: 'warning', headline: 'Nothing heard', detail: 'the stream is open, but the balancer is silent' };
    case 'reconnecting':
      return { tone: 'warning', headline: 'Reconnecting', detail: 'the event stream was cut' };
    case 'balancer-down':
      return { tone: 'critical', headline: 'The balancer does not answer', detail: 'trying again every 2 s' };
    case 'signed-out':
      return { tone: 'warning', headline: 'Signed out', detail: 'the session has ended' };
  }
}
