import { BlockList, isIP } from 'node:net';

/** The fields we tell the replica the client by. A client's own are replaced unless it is a trusted proxy. */
export const FORWARDED_FIELDS: ReadonlySet<string> = new Set([
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
]);

/** How the client speaks to us. */
export type Proto = 'http' | 'https';

/** What a client already said about itself; empty where it said nothing. */
export interface ForwardedClaim {
  readonly client: string;
  readonly proto: string;
  readonly host: string;
}
export const NO_CLAIM: ForwardedClaim = { client: '', proto: '', host: '' };

export class TrustedProxies {
  readonly #list = new BlockList();
  readonly #any: boolean;

  /** Takes addresses and CIDR blocks. Throws a RangeError on anything else. */
  constructor(blocks: readonly string[]) {
    for (const block of blocks) this.#add(block);
    this.#any = blocks.length > 0;
  }

  #add(block: string): void {
    const [address = '', bits] = block.split('/');
    const family = isIP(address);
    if (family === 0) throw new RangeError(`"${block}" is no address or CIDR block`);
    const type = family === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) this.#list.addAddress(address, type);
    else this.#list.addSubnet(address, Number(bits), type);
  }

  has(address: string): boolean {
    if (!this.#any) return false;
    const family = isIP(address);
    return family !== 0 && this.#list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  }
}

/** The peer's address as people write it: an IPv4 client of a dual-stack listener is an IPv4 client. */
export function plainAddress(address: string | undefined): string {
  if (address === undefined) return '';
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

/** Who is really asking: the last address in the chain that no trusted proxy vouches for being a proxy. */
export function clientAddress(peer: string, claimed: string, trusted: TrustedProxies): string {
  if (claimed === '' || !trusted.has(peer)) return peer;
  const chain = claimed.split(',').map((part) => part.trim());
  for (let i = chain.length - 1; i >= 0; i--) {
    const address = chain[i] ?? '';
    if (isIP(address) === 0) return peer;
    if (!trusted.has(address)) return address;
  }
  return chain[0] ?? peer;
}

/** What we add to a trusted proxy's Forwarded (RFC 7239, 6: an IPv6 address is bracketed and quoted). */
export function forwardedElement(peer: string, proto: Proto): string {
  return `for=${isIP(peer) === 6 ? `"[${peer}]"` : peer};proto=${proto}`;
}

export interface ForwardedValues {
  readonly for: string;
  readonly proto: string;
  readonly host: string;
}

/** What the replica is told. `claim` counts only when the peer is a trusted proxy. */
export function forwardedValues(
  peer: string,
  proto: Proto,
  host: string,
  claim: ForwardedClaim,
  isTrusted: boolean,
): ForwardedValues {
  if (!isTrusted) return { for: peer, proto, host };
  return {
    for: claim.client === '' ? peer : `${claim.client}, ${peer}`,
    proto: claim.proto === '' ? proto : claim.proto,
    host: claim.host === '' ? host : claim.host,
  };
}
