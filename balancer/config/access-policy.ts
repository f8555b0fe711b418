import { isIP } from 'node:net';
import type { AccessPolicy } from '../admin/guard.ts';
import type { Flags } from './config.ts';

/** Reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Who may change things: anybody on loopback, the holder of the token beyond it. A token that is set always counts. */
export function accessPolicy(flags: Flags): AccessPolicy {
  const allowedHosts = flags['allowed-hosts'].map((name) => name.toLowerCase());
  const token = flags['admin-token'];
  const viewer = flags['viewer-token'];
  const reading = viewer === undefined ? ({ kind: 'open' } as const) : ({ kind: 'token', token: viewer } as const);
  if (token !== undefined) return { changes: { kind: 'token', token }, reading, allowedHosts };
  const isOpen = flags['admin-open'] || isLoopback(flags.host);
  return { changes: { kind: isOpen ? 'open' : 'closed' }, reading, allowedHosts };
}
