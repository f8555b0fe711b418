import { type AlertCondition, type AlertRule, type AlertRuleDraft, alertRuleDraft } from '#lib/api/alert-rules.ts';

type Kind = AlertCondition['kind'];

/** What a rule is edited as: text, as it is typed. */
export interface RuleForm {
  readonly name: string;
  readonly severity: 'warning' | 'critical';
  readonly enabled: boolean;
  readonly kind: Kind;
  readonly scope: 'fleet' | 'replica';
  /** The bound, in the unit of its kind. */
  readonly bound: string;
  readonly windowS: string;
  readonly minRequests: string;
  readonly forS: string;
  readonly clearS: string;
}

export type RuleField = keyof RuleForm;

interface KindFields {
  readonly word: string;
  /** What is asked for, and what is proposed; null: nothing. */
  readonly bound: { readonly word: string; readonly proposed: string } | null;
  readonly hasScope: boolean;
  readonly hasWindow: boolean;
  readonly hasMinimum: boolean;
}

const PLAIN = { bound: null, hasScope: false, hasWindow: false, hasMinimum: false };

/** What can be watched, in the order it is offered. */
export const KINDS: Readonly<Record<Kind, KindFields>> = {
  'replica-down': { ...PLAIN, word: 'a replica is down' },
  'too-few-serving': { ...PLAIN, word: 'too few replicas serve', bound: { word: 'Missing, at least', proposed: '1' } },
  'error-ratio': {
    word: 'too many errors',
    bound: { word: 'More than, %', proposed: '5' },
    hasScope: true,
    hasWindow: true,
    hasMinimum: true,
  },
  'slow-answers': {
    ...PLAIN,
    word: 'answers are slow',
    bound: { word: 'p99 over, ms', proposed: '1000' },
    hasScope: true,
  },
  'requests-lost': {
    ...PLAIN,
    word: 'requests are lost',
    bound: { word: 'Lost, at least', proposed: '1' },
    hasWindow: true,
  },
  'slow-recovery': { ...PLAIN, word: 'a recovery takes long', bound: { word: 'Longer than, s', proposed: '10' } },
  'crash-looping': { ...PLAIN, word: 'a replica crashes again and again' },
  'runtime-away': { ...PLAIN, word: 'the runtime (Docker) is away' },
};

/** A bound as it is shown and as it is kept. */
const SCALE: Partial<Record<Kind, number>> = { 'error-ratio': 0.01, 'slow-recovery': 1_000 };

function boundOf(condition: AlertCondition): number | null {
  switch (condition.kind) {
    case 'too-few-serving':
      return condition.missing;
    case 'error-ratio':
      return condition.overRatio;
    case 'slow-answers':
    case 'slow-recovery':
      return condition.overMs;
    case 'requests-lost':
      return condition.count;
    default:
      return null;
  }
}

function seconds(ms: number): string {
  return String(ms / 1_000);
}

/** The form of a rule, or of a new one. */
export function formOf(rule: AlertRule | null): RuleForm {
  const empty = { scope: 'fleet', windowS: '60', minRequests: '20' } as const;
  if (rule === null) {
    const kind = 'replica-down';
    return { ...empty, name: '', severity: 'warning', enabled: true, kind, bound: '', forS: '10', clearS: '5' };
  }
  const { name, severity, enabled, condition, forMs, clearMs } = rule;
  const bound = boundOf(condition);
  const shown = bound === null ? '' : String(Number((bound / (SCALE[condition.kind] ?? 1)).toFixed(4)));
  return {
    name,
    severity,
    enabled,
    kind: condition.kind,
    bound: shown,
    scope: 'scope' in condition ? condition.scope : empty.scope,
    windowS: 'windowMs' in condition ? seconds(condition.windowMs) : empty.windowS,
    minRequests: 'minRequests' in condition ? String(condition.minRequests) : empty.minRequests,
    forS: seconds(forMs),
    clearS: seconds(clearMs),
  };
}

/** Another kind of condition comes with a bound of its own. */
export function withKind(form: RuleForm, kind: Kind): RuleForm {
  return { ...form, kind, bound: KINDS[kind].bound?.proposed ?? '' };
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.replace(',', '.'));
}

/** A condition as it is typed; whether it is one, the schema says. */
function conditionOf({ kind, scope, bound, windowS, minRequests }: RuleForm): object {
  const value = Number((numberOf(bound) * (SCALE[kind] ?? 1)).toPrecision(12));
  const windowMs = numberOf(windowS) * 1_000;
  switch (kind) {
    case 'too-few-serving':
      return { kind, missing: value };
    case 'error-ratio':
      return { kind, scope, overRatio: value, windowMs, minRequests: numberOf(minRequests) };
    case 'slow-answers':
      return { kind, scope, overMs: value };
    case 'slow-recovery':
      return { kind, overMs: value };
    case 'requests-lost':
      return { kind, count: value, windowMs };
    default:
      return { kind };
  }
}

const FIELD_OF: Readonly<Record<string, RuleField>> = {
  name: 'name',
  forMs: 'forS',
  clearMs: 'clearS',
  windowMs: 'windowS',
  minRequests: 'minRequests',
};

/** What to say of a field that is wrong. */
const WRONG: Partial<Record<RuleField, string>> = {
  name: 'A name of 1 to 80 characters.',
  forS: 'Seconds, from 0 to a day.',
  clearS: 'Seconds, from 0 to an hour.',
  windowS: 'Seconds, from 5 to 600.',
  minRequests: 'A whole number, at least 1.',
};

export type RuleReading =
  | { readonly ok: true; readonly draft: AlertRuleDraft }
  | { readonly ok: false; readonly problems: ReadonlyMap<RuleField, string> };

/** Reads a form; names every field that is wrong. */
export function readForm(form: RuleForm): RuleReading {
  const { name, severity, enabled, forS, clearS } = form;
  const times = { forMs: numberOf(forS) * 1_000, clearMs: numberOf(clearS) * 1_000 };
  const parsed = alertRuleDraft.safeParse({ name, severity, enabled, condition: conditionOf(form), ...times });
  if (parsed.success) return { ok: true, draft: parsed.data };
  const fields = parsed.error.issues.map(({ path }): RuleField => FIELD_OF[String(path.at(-1))] ?? 'bound');
  return { ok: false, problems: new Map(fields.map((field) => [field, WRONG[field] ?? 'This is out of its range.'])) };
}
