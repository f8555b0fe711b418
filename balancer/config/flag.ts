/** One flag: `--name VALUE`, also as the environment variable RINGMASTER_NAME. */
export interface Flag {
  readonly name: string;
  readonly group: 'Listening' | 'Replicas' | 'Health' | 'Routing' | 'Limits' | 'Docker' | 'Admin' | 'Alerts' | 'Life';
  /** What the value looks like in the help; null for a switch. */
  readonly value: string | null;
  readonly fallback: string;
  readonly help: string;
  /** May be given several times; in the environment its values are separated by commas. */
  readonly repeats?: true;
}
