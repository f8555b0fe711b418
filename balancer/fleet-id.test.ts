import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fleetId } from './fleet-id.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringmaster-fleet-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a state folder keeps its id, and others have others', () => {
  const first = fleetId(join(folder, 'a'));
  expect(first).toMatch(/^[a-z0-9]{12}$/);
  expect(fleetId(join(folder, 'a'))).toBe(first);
  expect(fleetId(join(folder, 'b'))).not.toBe(first);
});

test('an id that was damaged is replaced', () => {
  writeFileSync(join(folder, 'fleet-id'), '../../etc');
  expect(fleetId(folder)).toMatch(/^[a-z0-9]{12}$/);
});

test('where nothing can be written the id is the same again all the same', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(fleetId(join(file, 'x'))).toBe(fleetId(join(file, 'x')));
});
