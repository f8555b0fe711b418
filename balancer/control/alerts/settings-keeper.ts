import type { AlertRule } from '../../../lib/api/alert-rules.ts';
import type { Silence } from '../../../lib/api/alerts.ts';
import { accepted, type Result, refused } from '../../../lib/api/errors.ts';
import type { AlertSettings, AlertStore, KeptWebhook } from '../../core/alerts/alert-store.ts';
import { DEFAULT_RULES } from '../../core/alerts/default-rules.ts';

/** What operators set about alerts: kept first, in force after that. */
export class SettingsKeeper {
  readonly #store: AlertStore;
  #settings: AlertSettings = { rules: DEFAULT_RULES, silences: [], webhooks: [] };
  /** What was kept could not be read, and the defaults are in force; null when it could. */
  readonly damage: string | null;

  constructor(store: AlertStore) {
    this.#store = store;
    const loaded = store.loadSettings();
    if (loaded.kind === 'found') this.#settings = loaded.settings;
    this.damage = loaded.kind === 'damaged' ? loaded.detail : null;
  }

  get rules(): readonly AlertRule[] {
    return this.#settings.rules;
  }

  get silences(): readonly Silence[] {
    return this.#settings.silences;
  }

  get webhooks(): readonly KeptWebhook[] {
    return this.#settings.webhooks;
  }

  /** Puts a change in force and answers with `value`, unless it cannot be kept. */
  change<T>(change: Partial<AlertSettings>, value: T): Result<T> {
    const next = { ...this.#settings, ...change };
    const saved = this.#store.saveSettings(next);
    if (!saved.ok) return refused('not-saved', `The change could not be kept, and was not made: ${saved.reason}`);
    this.#settings = next;
    return accepted(value);
  }

  /** Silences that ran out by `now` (wall time, ms) go; true when there were any. */
  forgetSilences(now: number): boolean {
    const running = this.silences.filter(({ until }) => until > now);
    if (running.length === this.silences.length) return false;
    this.#settings = { ...this.#settings, silences: running };
    this.#store.saveSettings(this.#settings);
    return true;
  }
}
