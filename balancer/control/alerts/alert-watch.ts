import { summaryOf, thresholdOf } from '../../../lib/alerts/condition-words.ts';
import type { AlertRule } from '../../../lib/api/alert-rules.ts';
import type { AlertView } from '../../../lib/api/alerts.ts';
import type { AlertStore } from '../../core/alerts/alert-store.ts';
import { type CounterPast, remember } from '../../core/alerts/counter-past.ts';
import { type Measurement, measure } from '../../core/alerts/measure.ts';
import type { FleetSignals } from '../../core/alerts/signals.ts';
import { silencedUntil } from '../../core/alerts/silencing.ts';
import { INACTIVE, step, type Transition, type Watch } from '../../core/alerts/watch.ts';
import type { Clock } from '../../core/ports.ts';
import type { SettingsKeeper } from './settings-keeper.ts';

export interface AlertWatchParts {
  readonly clock: Clock;
  readonly store: AlertStore;
  readonly keeper: SettingsKeeper;
  /** Ids are unique over restarts with it. */
  readonly bootId: string;
  /** An alert fired, or one that had fired ended. */
  readonly onTurn: (alert: AlertView) => void;
  /** Somebody is to be told: it fires and is not silenced, or it ended and they know that it had begun. */
  readonly onTell: (alert: AlertView) => void;
  /** For the readers of the stream; `isFigure`: nothing but its value changed. */
  readonly onShow: (alert: AlertView, isFigure: boolean) => void;
}

interface Watched {
  readonly ruleId: string;
  readonly replica: string | null;
  watch: Watch;
  /** Null while nothing is the matter. */
  alert: AlertView | null;
}

/** A look later than this found the balancer standing still: what it missed is not held against anybody. */
const LONGEST_STEP_MS = 2_000;
const MOST_FIRING = 10_000;

function keyOf(ruleId: string, replica: string | null): string {
  return `${ruleId} ${replica ?? ''}`;
}

function byWeight(a: AlertView, b: AlertView): number {
  const weight = ({ state, rule }: AlertView): number =>
    (state === 'firing' ? 0 : 2) + (rule.severity === 'critical' ? 0 : 1);
  return weight(a) - weight(b) || b.startsAt - a.startsAt;
}

function headOf({ id, name, severity, condition }: AlertRule): AlertView['rule'] {
  return { id, name, severity, condition };
}

/** Looks once a second whether rules hold, and carries each alert from its first sign to its end. */
export class AlertWatch {
  readonly #parts: AlertWatchParts;
  readonly #watched = new Map<string, Watched>();
  #past: CounterPast = [];
  #lastLook: number;
  #count = 0;

  constructor(parts: AlertWatchParts) {
    this.#parts = parts;
    this.#lastLook = parts.clock.now();
    for (const alert of parts.store.alerts({ state: 'firing', limit: MOST_FIRING })) {
      const { rule, replica } = alert;
      const watch: Watch = { state: 'firing', clearMs: 0 };
      this.#watched.set(keyOf(rule.id, replica), { ruleId: rule.id, replica, watch, alert });
    }
  }

  /** Firing first, then pending; the worse first. */
  active(): readonly AlertView[] {
    return [...this.#watched.values()].flatMap(({ alert }) => alert ?? []).sort(byWeight);
  }

  look(signals: FleetSignals): void {
    const now = this.#parts.clock.now();
    const elapsedMs = Math.min(LONGEST_STEP_MS, now - this.#lastLook);
    this.#lastLook = now;
    this.#past = remember(this.#past, now, signals);
    const seen = new Set<string>();
    for (const rule of this.#parts.keeper.rules) {
      if (!rule.enabled || (!signals.isSettled && rule.condition.kind !== 'runtime-away')) continue;
      for (const measured of measure(rule.condition, signals, this.#past)) {
        seen.add(keyOf(rule.id, measured.replica));
        this.#advance(rule, measured, elapsedMs);
      }
    }
    this.#endUnseen(seen, signals.isSettled);
    this.refreshSilences();
  }

  /** A rule watches something else now: what it said before is over. */
  ruleChanged(id: string): void {
    for (const watched of this.#watched.values()) if (watched.ruleId === id) this.#end(watched, 'rule-changed');
  }

  /** Ends what belongs to rules that are gone or off, without waiting for the next look. */
  rulesRemoved(): void {
    const on = new Set(this.#parts.keeper.rules.filter(({ enabled }) => enabled).map(({ id }) => id));
    for (const watched of this.#watched.values()) if (!on.has(watched.ruleId)) this.#end(watched, this.#why(watched));
  }

  /** Null when no such alert fires. */
  acknowledge(id: string, acknowledged: AlertView['acknowledged']): AlertView | null {
    const watched = [...this.#watched.values()].find(({ alert }) => alert?.id === id);
    if (watched?.alert?.state !== 'firing') return null;
    return this.#keep(watched, { ...watched.alert, acknowledged });
  }

  /** Silences came, went or ran out: what they hid and still fires is told now. */
  refreshSilences(): void {
    const { keeper, clock } = this.#parts;
    const now = clock.wallTime();
    for (const watched of this.#watched.values()) {
      if (watched.alert === null) continue;
      const until = silencedUntil(watched.alert, keeper.silences, now);
      if (until !== watched.alert.silencedUntil) this.#keep(watched, { ...watched.alert, silencedUntil: until });
      this.#tell(watched);
    }
  }

  #advance(rule: AlertRule, measured: Measurement, elapsedMs: number): void {
    const key = keyOf(rule.id, measured.replica);
    const watched = this.#watched.get(key) ?? {
      ruleId: rule.id,
      replica: measured.replica,
      watch: INACTIVE,
      alert: null,
    };
    const { watch, transition } = step(watched.watch, measured, elapsedMs, rule);
    watched.watch = watch;
    if (watch.state !== 'inactive') this.#watched.set(key, watched);
    this.#turn(watched, transition, rule, measured);
  }

  #turn(watched: Watched, transition: Transition, rule: AlertRule, measured: Measurement): void {
    switch (transition) {
      case 'began':
        this.#keep(watched, this.#begin(rule, measured));
        break;
      case 'fired': {
        const alert = { ...(watched.alert ?? this.#begin(rule, measured)), ...this.#figure(rule, measured) };
        const fired = this.#keep(watched, { ...alert, state: 'firing', firedAt: this.#parts.clock.wallTime() });
        this.#parts.onTurn(fired);
        this.#tell(watched);
        break;
      }
      case 'resolved':
      case 'dropped':
        this.#end(watched, 'cleared');
        break;
      case 'none':
        this.#update(watched, rule, measured);
    }
  }

  #begin(rule: AlertRule, measured: Measurement): AlertView {
    const { clock, bootId, keeper } = this.#parts;
    const { replica } = measured;
    const now = clock.wallTime();
    return {
      id: `${bootId}-${++this.#count}`,
      replica,
      state: 'pending',
      ...this.#figure(rule, measured),
      startsAt: now,
      firedAt: null,
      endedAt: null,
      ending: null,
      acknowledged: null,
      silencedUntil: silencedUntil({ rule, replica }, keeper.silences, now),
      isTold: false,
    };
  }

  #figure(
    rule: AlertRule,
    { value, reason }: Measurement,
  ): Pick<AlertView, 'rule' | 'value' | 'threshold' | 'summary'> {
    const { condition } = rule;
    const shown = value ?? 0;
    const summary = summaryOf(condition, shown, reason);
    return { rule: headOf(rule), value: shown, threshold: thresholdOf(condition), summary };
  }

  /** While it holds, its figure is the latest; while it is calming down, the last that held. */
  #update(watched: Watched, rule: AlertRule, measured: Measurement): void {
    const { alert } = watched;
    if (alert === null) return;
    const isRenamed = alert.rule.name !== rule.name || alert.rule.severity !== rule.severity;
    const figure = measured.holds ? this.#figure(rule, measured) : { rule: headOf(rule) };
    const isMoved =
      measured.holds && (measured.value !== alert.value || ('summary' in figure && figure.summary !== alert.summary));
    if (isRenamed) this.#keep(watched, { ...alert, ...figure });
    else if (isMoved) {
      watched.alert = { ...alert, ...figure };
      this.#parts.onShow(watched.alert, true);
    }
  }

  #endUnseen(seen: ReadonlySet<string>, isSettled: boolean): void {
    for (const [key, watched] of this.#watched) {
      const rule = this.#parts.keeper.rules.find(({ id }) => id === watched.ruleId);
      if (seen.has(key) || (rule?.enabled === true && !isSettled)) continue;
      this.#end(watched, this.#why(watched));
    }
  }

  #why({ ruleId }: Watched): NonNullable<AlertView['ending']> {
    const rule = this.#parts.keeper.rules.find(({ id }) => id === ruleId);
    if (rule === undefined) return 'rule-removed';
    return rule.enabled ? 'replica-gone' : 'rule-disabled';
  }

  #end(watched: Watched, ending: NonNullable<AlertView['ending']>): void {
    this.#watched.delete(keyOf(watched.ruleId, watched.replica));
    if (watched.alert === null) return;
    const endedAt = this.#parts.clock.wallTime();
    const ended = this.#keep(watched, { ...watched.alert, state: 'resolved', endedAt, ending });
    if (ended.firedAt === null) return;
    this.#parts.onTurn(ended);
    if (ended.isTold) this.#parts.onTell(ended);
  }

  #tell(watched: Watched): void {
    const { alert } = watched;
    if (alert === null || alert.state !== 'firing' || alert.isTold || alert.silencedUntil !== null) return;
    this.#parts.onTell(this.#keep(watched, { ...alert, isTold: true }));
  }

  /** Whatever fired is kept; what is only pending is not. */
  #keep(watched: Watched, alert: AlertView): AlertView {
    watched.alert = alert;
    if (alert.firedAt !== null) this.#parts.store.saveAlert(alert);
    this.#parts.onShow(alert, false);
    return alert;
  }
}
