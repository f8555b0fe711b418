import type { ReplicaView, RingView } from '#lib/api/state.ts';
import { STATUS_LOOKS, type Tone } from '../_replicas/status.ts';
import { plural } from '../_ui/format.ts';

/** The state of the system in two short lines: what is going on, and what it means for the slots. */
export interface HealthWords {
  readonly tone: Tone;
  readonly headline: string;
  readonly detail: string;
}

/** What the middle of the ring says. Replicas are all that exist, members of the ring or not. */
export function healthWords(replicas: readonly ReplicaView[], ring: Pick<RingView, 'owner' | 'serving'>): HealthWords {
  if (replicas.length === 0) {
    return { tone: 'neutral', headline: 'no replicas', detail: 'add one to serve requests' };
  }
  const away = replicas.filter((replica) => !replica.available && replica.status !== 'draining');
  if (away.length === 0) return allServing(replicas);
  const draining = replicas.filter((replica) => replica.status === 'draining');
  const aside = draining.length === 0 ? '' : `; ${nameOrCount(draining)} draining`;
  return { tone: worstTone(away), headline: awayHeadline(away), detail: slotWords(away, ring) + aside };
}

function allServing(replicas: readonly ReplicaView[]): HealthWords {
  const troubled = replicas.filter((replica) => replica.status === 'degraded');
  const draining = replicas.filter((replica) => replica.status === 'draining');
  if (troubled.length > 0) {
    return { tone: 'warning', headline: `${nameOrCount(troubled)} degraded`, detail: 'still serving, watched closely' };
  }
  if (draining.length > 0) {
    return { tone: 'warning', headline: `${nameOrCount(draining)} draining`, detail: 'no new requests go there' };
  }
  return { tone: 'good', headline: 'all serving', detail: 'every slot is with its owner' };
}

function awayHeadline(away: readonly ReplicaView[]): string {
  const [first] = away;
  if (first === undefined || away.length > 1) {
    return `${away.length} replicas are ${away.every(({ status }) => status === 'starting') ? 'starting' : 'away'}`;
  }
  switch (first.status) {
    case 'replacing':
      return `${first.name} is being replaced`;
    case 'starting':
      return `${first.name} is starting`;
    default:
      return `${first.name} is ${STATUS_LOOKS[first.status].word}`;
  }
}

function slotWords(away: readonly ReplicaView[], ring: Pick<RingView, 'owner' | 'serving'>): string {
  const unserved = ring.serving.filter((seat) => seat === 0).length;
  if (unserved > 0) return `${plural(unserved, 'slot')} without anyone to answer`;
  const seats = new Set(away.map(({ seat }) => seat));
  const covered = ring.owner.filter((seat, slot) => seats.has(seat) && seat !== ring.serving[slot]).length;
  const isOne = away.length === 1;
  if (away.every(isJoining))
    return `${isOne ? 'it gets' : 'they get'} slots when ${isOne ? 'it answers' : 'they answer'}`;
  if (covered === 0) return `none of ${isOne ? 'its' : 'their'} slots is waiting`;
  return `${isOne ? 'its' : 'their'} ${plural(covered, 'slot')} ${covered === 1 ? 'is' : 'are'} served by others`;
}

/** New, and not on the ring before its first good probe. */
function isJoining({ status, slots }: ReplicaView): boolean {
  return status === 'starting' && slots === 0;
}

function worstTone(replicas: readonly ReplicaView[]): Tone {
  const tones = replicas.map((replica) => STATUS_LOOKS[replica.status].tone);
  return tones.includes('critical') ? 'critical' : tones.includes('warning') ? 'warning' : 'neutral';
}

function nameOrCount(replicas: readonly ReplicaView[]): string {
  const [first] = replicas;
  return replicas.length === 1 && first !== undefined ? `${first.name} is` : `${replicas.length} replicas are`;
}
