/** Header fields on their way through the general lane, as flat lists: name, value, name, value… */
import { MAX_FIELDS } from './answer-head.ts';
import { trimmed } from './field-value.ts';
import { FORWARDED_FIELDS, type ForwardedClaim, forwardedElement, forwardedValues, type Proto } from './forwarded.ts';
import { isHopByHop, namedInConnection } from './hop-by-hop.ts';

/** Names the replica that answered; a replica's own field of that name is dropped. */
export const REPLICA_FIELD = 'X-Ringmaster-Replica';
const REPLICA_FIELD_LOWER = REPLICA_FIELD.toLowerCase();
/** The peer's address for the control plane, which sees only our Unix socket. */
const CLIENT_FIELD = 'X-Ringmaster-Client';
const CLIENT_FIELD_LOWER = CLIENT_FIELD.toLowerCase();

const REASON = /^[\t\x20-\x7e\x80-\xff]*$/;

export type FlatFields = readonly string[];

/** Name and value of each field; names lower-case beside their spelling. */
function* eachField(flat: FlatFields): Generator<readonly [lower: string, name: string, value: string]> {
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = flat[i] ?? '';
    yield [name.toLowerCase(), name, flat[i + 1] ?? ''];
  }
}

/**
 * All values of a field as one list, as RFC 9110, 5.3 combines them; empty when there is none. Asked for several names a
 * request: only those of the right length are looked at.
 */
export function combinedField(flat: FlatFields, lowerName: string): string {
  const values: string[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = flat[i] ?? '';
    if (name.length === lowerName.length && name.toLowerCase() === lowerName) values.push(flat[i + 1] ?? '');
  }
  return values.join(', ');
}

function claimOf(flat: FlatFields): ForwardedClaim {
  return {
    client: combinedField(flat, 'x-forwarded-for'),
    proto: combinedField(flat, 'x-forwarded-proto'),
    host: combinedField(flat, 'x-forwarded-host'),
  };
}

export interface Peer {
  readonly address: string;
  readonly isTrusted: boolean;
  readonly proto: Proto;
}

/** RFC 9110, 7.6.2. What is no count goes on as it is. */
function oneHopLess(value: string): string {
  return /^\d{1,9}$/.test(value) ? String(Number(value) - 1) : value;
}

/** What is told about the request whose fields are passed on. */
export interface Passed {
  readonly method: string;
  /** Our part of Via, such as `1.1 balancer`; empty: none is added. */
  readonly via: string;
}

/** A request's fields as the replica gets them. */
export function fieldsForReplica({ method, via }: Passed, flat: FlatFields, peer: Peer): string[] {
  const isLimited = method === 'OPTIONS' || method === 'TRACE';
  const named = namedInConnection(combinedField(flat, 'connection'));
  const out: string[] = [];
  for (const [lower, name, value] of eachField(flat)) {
    if (isHopByHop(lower) || lower === 'expect' || named.has(lower) || FORWARDED_FIELDS.has(lower)) continue;
    if (lower === 'forwarded' && !peer.isTrusted) continue;
    out.push(name, isLimited && lower === 'max-forwards' ? oneHopLess(value) : value);
  }
  out.push(...toldOf(flat, peer));
  if (via !== '') out.push('Via', via);
  return out;
}

/** What a replica is told of the client. */
function toldOf(flat: FlatFields, { address, proto, isTrusted }: Peer): readonly string[] {
  const told = forwardedValues(address, proto, combinedField(flat, 'host'), claimOf(flat), isTrusted);
  const out = ['X-Forwarded-For', told.for, 'X-Forwarded-Proto', told.proto];
  if (told.host !== '') out.push('X-Forwarded-Host', told.host);
  const isChain = isTrusted && combinedField(flat, 'forwarded') !== '';
  if (isChain) out.push('Forwarded', forwardedElement(address, proto));
  return out;
}

/** A request's fields as the control plane gets them: untouched but for what belongs to the connection. */
export function fieldsForControl(flat: FlatFields, peer: Peer): string[] {
  const named = namedInConnection(combinedField(flat, 'connection'));
  const out: string[] = [];
  for (const [lower, name, value] of eachField(flat)) {
    if (isHopByHop(lower) || lower === 'expect' || named.has(lower) || lower === CLIENT_FIELD_LOWER) continue;
    out.push(name, value);
  }
  out.push(CLIENT_FIELD, peer.address);
  return out;
}

/** An answer's fields as the client gets them, with what we add. */
export function fieldsForClient(flat: FlatFields, added: FlatFields): string[] {
  const named = namedInConnection(combinedField(flat, 'connection'));
  const out: string[] = [];
  for (const [lower, name, value] of eachField(flat)) {
    if (isHopByHop(lower) || named.has(lower) || lower === REPLICA_FIELD_LOWER) continue;
    out.push(name, value);
  }
  out.push(...added);
  return out;
}

/** No control characters in the reason, not too many fields, and by RFC 9112, 6.3: one length or one final `chunked`, never both. undici's parser is more lenient with other codings. */
export function isSoundAnswer(reason: string, flat: FlatFields): boolean {
  if (!REASON.test(reason) || flat.length > 2 * MAX_FIELDS) return false;
  const all = [...eachField(flat)];
  const codings = all.filter(([lower]) => lower === 'transfer-encoding').map(([, , value]) => trimmed(value));
  const lengths = all.filter(([lower]) => lower === 'content-length').length;
  if (codings.length === 0) return lengths <= 1;
  return codings.length === 1 && lengths === 0 && codings[0]?.toLowerCase() === 'chunked';
}
