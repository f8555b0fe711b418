import { durationWords, ruleWords } from '../../../lib/alerts/condition-words.ts';
import type { AlertRule, AlertRuleDraft } from '../../../lib/api/alert-rules.ts';
import { MAX_ALERT_RULES } from '../../../lib/api/alert-rules.ts';
import { type AlertsPage, type AlertView, MAX_SILENCES, type Silence } from '../../../lib/api/alerts.ts';
import { accepted, type Result, refused } from '../../../lib/api/errors.ts';
import type { DeliveryView, WebhookDraft, WebhooksPage, WebhookView } from '../../../lib/api/webhooks.ts';
import type { AlertBoard, CheckedSilence } from '../../core/alerts/alert-board.ts';
import type { AlertStore } from '../../core/alerts/alert-store.ts';
import type { Clock } from '../../core/ports.ts';
import type { Feed } from '../event-feed.ts';
import type { Journal } from '../journal.ts';
import type { AlertWatch } from './alert-watch.ts';
import type { SettingsKeeper } from './settings-keeper.ts';
import type { WebhookDesk } from './webhook-desk.ts';

export interface AlertDeskParts {
  readonly clock: Clock;
  readonly store: AlertStore;
  readonly bootId: string;
  readonly keeper: SettingsKeeper;
  readonly watch: AlertWatch;
  readonly webhookDesk: WebhookDesk;
  readonly journal: Journal;
  readonly feed: Feed;
}

/** What operators do about alerts; each change is written down with who made it. */
export class AlertDesk implements AlertBoard {
  readonly #parts: AlertDeskParts;
  #count = 0;

  constructor(parts: AlertDeskParts) {
    this.#parts = parts;
  }

  page(limit: number): AlertsPage {
    const { watch, store, keeper } = this.#parts;
    const recent = store.alerts({ state: 'resolved', limit });
    return { active: [...watch.active()], recent: [...recent], silences: [...keeper.silences] };
  }

  rules(): readonly AlertRule[] {
    return this.#parts.keeper.rules;
  }

  addRule(draft: AlertRuleDraft, actor: string): Result<AlertRule> {
    const { keeper } = this.#parts;
    if (keeper.rules.length >= MAX_ALERT_RULES)
      return refused('too-many', `There can be ${MAX_ALERT_RULES} rules at most`);
    const taken = this.#nameTaken(draft.name, null);
    if (taken !== null) return taken;
    const rule = { ...draft, id: this.#newId('r') };
    const added = keeper.change({ rules: [...keeper.rules, rule] }, rule);
    if (added.ok) this.#ruleWritten(`rule “${rule.name}” added. ${ruleWords(rule)}`, actor);
    return added;
  }

  changeRule(id: string, draft: AlertRuleDraft, actor: string): Result<AlertRule> {
    const { keeper, watch } = this.#parts;
    const before = keeper.rules.find((rule) => rule.id === id);
    if (before === undefined) return noRule(id);
    const taken = this.#nameTaken(draft.name, id);
    if (taken !== null) return taken;
    const rule = { ...draft, id };
    const changed = keeper.change({ rules: keeper.rules.map((other) => (other.id === id ? rule : other)) }, rule);
    if (!changed.ok) return changed;
    if (JSON.stringify(before.condition) !== JSON.stringify(rule.condition)) watch.ruleChanged(id);
    watch.rulesRemoved();
    this.#ruleWritten(changeWords(before, rule), actor);
    return changed;
  }

  removeRule(id: string, actor: string): Result<AlertRule> {
    const { keeper, watch } = this.#parts;
    const rule = keeper.rules.find((other) => other.id === id);
    if (rule === undefined) return noRule(id);
    const removed = keeper.change({ rules: keeper.rules.filter((other) => other.id !== id) }, rule);
    if (!removed.ok) return removed;
    watch.rulesRemoved();
    this.#ruleWritten(`rule “${rule.name}” removed`, actor);
    return removed;
  }

  acknowledge(id: string, isSeen: boolean, actor: string): Result<AlertView> {
    const { clock, watch, journal } = this.#parts;
    const alert = watch.acknowledge(id, isSeen ? { at: clock.wallTime(), actor } : null);
    if (alert === null) return refused('not-found', 'No such alert fires now');
    const kind = isSeen ? 'alert-acknowledged' : 'alert-unacknowledged';
    const message = `alert “${alert.rule.name}” ${isSeen ? 'acknowledged' : 'no longer acknowledged'}`;
    journal.write({ kind, severity: 'info', message, actor, subject: alert.replica });
    return accepted(alert);
  }

  silence({ forMs, ...draft }: CheckedSilence, actor: string): Result<Silence> {
    const { keeper, watch, clock, journal } = this.#parts;
    if (draft.ruleId !== null && !keeper.rules.some(({ id }) => id === draft.ruleId)) return noRule(draft.ruleId);
    if (keeper.silences.length >= MAX_SILENCES)
      return refused('too-many', `There can be ${MAX_SILENCES} silences at most`);
    const at = clock.wallTime();
    const silence: Silence = { ...draft, id: this.#newId('s'), at, until: at + forMs, actor };
    const kept = keeper.change({ silences: [...keeper.silences, silence] }, silence);
    if (!kept.ok) return kept;
    watch.refreshSilences();
    const why = silence.reason === '' ? '' : `: ${silence.reason}`;
    const message = `${this.#silenceWords(silence)} silenced for ${durationWords(forMs)}${why}`;
    journal.write({ kind: 'alert-silenced', severity: 'info', message, actor, subject: silence.replica });
    this.#changed('silences');
    return kept;
  }

  unsilence(id: string, actor: string): Result<Silence> {
    const { keeper, watch, journal } = this.#parts;
    const silence = keeper.silences.find((other) => other.id === id);
    if (silence === undefined) return refused('not-found', 'There is no such silence; it may have run out');
    const removed = keeper.change({ silences: keeper.silences.filter((other) => other.id !== id) }, silence);
    if (!removed.ok) return removed;
    watch.refreshSilences();
    const message = `${this.#silenceWords(silence)} no longer silenced`;
    journal.write({ kind: 'alert-unsilenced', severity: 'info', message, actor, subject: silence.replica });
    this.#changed('silences');
    return removed;
  }

  webhooks(): WebhooksPage {
    return this.#parts.webhookDesk.page();
  }

  addWebhook(draft: WebhookDraft, actor: string): Result<WebhookView> {
    return this.#parts.webhookDesk.add(draft, this.#newId('w'), actor);
  }

  removeWebhook(id: string, actor: string): Result<WebhookView> {
    return this.#parts.webhookDesk.remove(id, actor);
  }

  testWebhook(id: string, actor: string): Result<DeliveryView> {
    return this.#parts.webhookDesk.test(id, actor);
  }

  #newId(letter: string): string {
    return `${this.#parts.bootId}-${letter}${++this.#count}`;
  }

  #nameTaken(name: string, ownId: string | null): Result<never> | null {
    const isTaken = this.#parts.keeper.rules.some((rule) => rule.id !== ownId && rule.name === name);
    return isTaken ? refused('name-taken', `There is a rule “${name}” already`) : null;
  }

  #silenceWords({ ruleId, replica }: Silence): string {
    const rule = this.#parts.keeper.rules.find(({ id }) => id === ruleId);
    const what = ruleId === null ? 'all alerts' : `alert “${rule?.name ?? ruleId}”`;
    return replica === null ? what : `${what} of ${replica}`;
  }

  #ruleWritten(message: string, actor: string): void {
    this.#parts.journal.write({ kind: 'alert-rule-changed', severity: 'info', message, actor });
    this.#changed('rules');
  }

  #changed(what: 'rules' | 'silences'): void {
    this.#parts.feed.publish({ type: 'alert-settings', data: { what } });
  }
}

function noRule(id: string): Result<never> {
  return refused('not-found', `There is no rule '${id}'`);
}

function changeWords(before: AlertRule, after: AlertRule): string {
  const name = before.name === after.name ? `“${after.name}”` : `“${before.name}”, now “${after.name}”,`;
  if (before.enabled !== after.enabled) return `rule ${name} switched ${after.enabled ? 'on' : 'off'}`;
  return `rule ${name} changed. ${ruleWords(after)}`;
}
