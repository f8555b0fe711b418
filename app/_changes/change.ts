import type { ReplicaAction } from '#lib/api/admin.ts';

/** A change the operator considers. Those with a what-if are asked about first; the others are done at once. */
export type Change =
  | { readonly kind: 'add' }
  | { readonly kind: 'remove'; readonly names: readonly string[] }
  | { readonly kind: 'kill' | 'drain' | 'pause' | 'restart'; readonly name: string };

/** A change with everything it needs: what is asked about and what is then done. */
export type Proposal =
  | { readonly kind: 'add'; readonly n: number; readonly names: readonly string[] }
  | { readonly kind: 'remove'; readonly names: readonly string[] }
  | { readonly kind: 'kill' | 'drain' | 'pause' | 'restart'; readonly name: string };

/** The question the balancer is asked: pausing and restarting take a replica away as killing does. */
export function previewSearch(proposal: Proposal): URLSearchParams {
  switch (proposal.kind) {
    case 'add':
    case 'remove': {
      const n = proposal.kind === 'add' ? proposal.n : proposal.names.length;
      return new URLSearchParams([
        ['change', proposal.kind],
        ['n', String(n)],
        ...proposal.names.map((name) => ['name', name]),
      ]);
    }
    case 'drain':
      return new URLSearchParams({ change: 'drain', name: proposal.name });
    default:
      return new URLSearchParams({ change: 'kill', name: proposal.name });
  }
}

/** What the button says: the deed and its target. */
export function deedWords(proposal: Proposal): string {
  switch (proposal.kind) {
    case 'add':
      return proposal.n === 1 ? 'Add 1 replica' : `Add ${proposal.n} replicas`;
    case 'remove':
      return `Remove ${listWords(proposal.names)}`;
    default:
      return `${capital(proposal.kind)} ${proposal.name}`;
  }
}

/** What will happen, in a sentence or two. */
export function consequenceWords(kind: Proposal['kind']): string {
  switch (kind) {
    case 'add':
      return 'New replicas get their slots once they answer their probes; nothing is sent to them before.';
    case 'remove':
      return 'They get no new requests, finish those in flight, and are gone for good with their seats.';
    case 'kill':
      return 'It stops at once (SIGKILL). A new instance takes the same seat; the ring stays as it is.';
    case 'drain':
      return 'It gets no new requests, finishes those in flight, and stays until you return it.';
    case 'pause':
      return 'It is frozen until you unpause it: probes notice, and others answer for its slots.';
    case 'restart':
      return 'It stops with grace and starts again in the same seat.';
  }
}

/** What was done, for the toast; `names` are those concerned. */
export function doneWords(kind: Proposal['kind'] | ReplicaAction, names: readonly string[]): string {
  const who = listWords(names);
  const words: Readonly<Record<Proposal['kind'] | ReplicaAction, string>> = {
    add: `${who} ${names.length === 1 ? 'serves' : 'serve'}`,
    remove: `${who} removed`,
    kill: `${who} killed`,
    drain: `${who} drains`,
    undrain: `${who} is back`,
    pause: `${who} paused`,
    unpause: `${who} goes on`,
    restart: `${who} restarts`,
  };
  return words[kind];
}

/** "S1", "S1 and S3", "S1, S3 and 4 more". */
export function listWords(names: readonly string[]): string {
  const [first = 'nothing', second] = names;
  if (second === undefined) return first;
  if (names.length === 2) return `${first} and ${second}`;
  if (names.length === 3) return `${first}, ${second} and ${names[2]}`;
  return `${first}, ${second} and ${names.length - 2} more`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
