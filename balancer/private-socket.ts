import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PrivateSocket {
  readonly path: string;
  remove(): void;
}

/**
 * An address that only this user can connect to: a Unix socket in a folder of mode 0700, or a named pipe on Windows.
 * Not in the state directory, for a socket's path may have 107 bytes at most.
 */
export function privateSocket(): PrivateSocket {
  if (process.platform === 'win32') {
    return { path: `\\\\.\\pipe\\ringmaster-${randomBytes(8).toString('hex')}`, remove: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'ringmaster-'));
  return { path: join(folder, 'admin.sock'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
