import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { privateSocket } from './private-socket.ts';

test('only this user can reach it, its path is short enough for a socket, and nothing is left of it', () => {
  const socket = privateSocket();
  const folder = dirname(socket.path);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(socket.path.length).toBeLessThanOrEqual(107);
  socket.remove();
  socket.remove();
  expect(existsSync(folder)).toBe(false);
});
