import type { AlertView } from '#lib/api/alerts.ts';
import type { Command } from '../_palette/command.ts';
import { alertTitle } from './alert-words.ts';
import { acknowledgeNow, silenceNow } from './deeds.ts';

const HOUR_MS = 3_600_000;

/** What the palette offers an operator about alerts. */
export function alertCommands(alerts: readonly AlertView[]): readonly Command[] {
  const group = 'Alerts' as const;
  return [
    ...alerts
      .filter(({ state, acknowledged }) => state === 'firing' && acknowledged === null)
      .map((alert): Command => {
        const words = `Acknowledge ${alertTitle(alert)}`;
        return { id: `acknowledge ${alert.id}`, group, words, run: () => acknowledgeNow(alert) };
      }),
    {
      id: 'silence all',
      group,
      words: 'Silence all alerts for 1 h',
      run: () => silenceNow({ forMs: HOUR_MS }, 'All alerts'),
    },
  ];
}
