/** Something the palette can do. */
export interface Command {
  readonly id: string;
  readonly group: 'Go to' | 'Replicas' | 'Change' | 'Alerts' | 'Ring' | 'Look';
  readonly words: string;
  /** The keys that do the same, for the eye. */
  readonly keys?: string;
  readonly run: () => void;
}
