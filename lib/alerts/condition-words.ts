import type { AlertCondition } from '../api/alert-rules.ts';
import { counted, grouped } from '../grouped.ts';
import { span } from '../span.ts';

/** "5 s", "1.5 s", "2 min", "1 h": a setting, so it is told exactly. */
export function durationWords(ms: number): string {
  if (ms >= 3_600_000 && ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  if (ms >= 60_000 && ms % 60_000 === 0) return `${ms / 60_000} min`;
  if (ms >= 1_000) return `${Number((ms / 1_000).toFixed(3))} s`;
  return `${Number(ms.toFixed(1))} ms`;
}

function percentWords(ratio: number): string {
  return `${Number((ratio * 100).toFixed(2))} %`;
}

function millisWords(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${grouped(ms, 0)} ms`;
}

function whose(scope: 'fleet' | 'replica'): string {
  return scope === 'fleet' ? 'of all requests' : "of a replica's requests";
}

/** What makes the condition hold, as the middle of a sentence. */
function conditionWords(condition: AlertCondition): string {
  switch (condition.kind) {
    case 'replica-down':
      return 'a replica is down, and nobody paused or drained it';
    case 'crash-looping':
      return 'a replica exits again and again, and its next start has to wait';
    case 'slow-recovery':
      return `a replica needs more than ${durationWords(condition.overMs)} to serve again after a failure`;
    case 'too-few-serving':
      return `${counted(condition.missing, 'replica')} or more of those that should serve do not`;
    case 'error-ratio':
      return (
        `more than ${percentWords(condition.overRatio)} ${whose(condition.scope)} of the last ` +
        `${durationWords(condition.windowMs)} were answered with 5xx, ${grouped(condition.minRequests, 0)} requests at least`
      );
    case 'slow-answers':
      return `1 in 100 ${whose(condition.scope)} takes longer than ${millisWords(condition.overMs)} (p99 of 10 s)`;
    case 'requests-lost':
      return `${counted(condition.count, 'request')} or more were lost within ${durationWords(condition.windowMs)}`;
    case 'runtime-away':
      return 'the runtime that starts replicas does not answer';
  }
}

interface RuleParts {
  readonly condition: AlertCondition;
  readonly forMs: number;
  readonly clearMs: number;
}

/** What a rule means, as two sentences. */
export function ruleWords({ condition, forMs, clearMs }: RuleParts): string {
  const fires = forMs === 0 ? 'at once when' : `after ${durationWords(forMs)} during which`;
  const ends = clearMs === 0 ? 'as soon as that is over' : `when that has been over for ${durationWords(clearMs)}`;
  return `Fires ${fires} ${conditionWords(condition)}. Ends ${ends}.`;
}

/** What is the matter now, without the replica's name: "p99 of 1,240 ms is over 500 ms". */
export function summaryOf(condition: AlertCondition, value: number, reason: string | null): string {
  switch (condition.kind) {
    case 'replica-down':
      return `does not serve${reason === null ? '' : `: ${reason}`}`;
    case 'crash-looping':
      return `exits again and again${reason === null ? '' : `: ${reason}`}`;
    case 'slow-recovery':
      return `away for ${span(value)}, over ${durationWords(condition.overMs)}`;
    case 'too-few-serving':
      return `${counted(value, 'replica')} that should serve ${value === 1 ? 'does' : 'do'} not`;
    case 'error-ratio':
      return `${percentWords(value)} of requests failed, over ${percentWords(condition.overRatio)}`;
    case 'slow-answers':
      return `p99 of ${millisWords(value)} is over ${millisWords(condition.overMs)}`;
    case 'requests-lost':
      return `${counted(value, 'request')} lost within ${durationWords(condition.windowMs)}`;
    case 'runtime-away':
      return 'the runtime does not answer';
  }
}

/** The bound of a condition, in the unit of its value; 1 where it holds or does not. */
export function thresholdOf(condition: AlertCondition): number {
  switch (condition.kind) {
    case 'slow-recovery':
    case 'slow-answers':
      return condition.overMs;
    case 'error-ratio':
      return condition.overRatio;
    case 'too-few-serving':
      return condition.missing;
    case 'requests-lost':
      return condition.count;
    case 'replica-down':
    case 'crash-looping':
    case 'runtime-away':
      return 1;
  }
}
