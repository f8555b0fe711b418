import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type SelfSigned, selfSigned } from '../../testing/self-signed.ts';
import { systemClock } from '../clock/system-clock.ts';
import { CertificateWatch } from './certificate-watch.ts';

let folder: string;
let watch: CertificateWatch | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-watch-'));
});
afterEach(async () => {
  await watch?.close();
  await rm(folder, { recursive: true });
});

async function put(into: string, { chain, key }: SelfSigned): Promise<void> {
  await mkdir(into, { recursive: true });
  await writeFile(join(into, 'tls.crt'), chain);
  await writeFile(join(into, 'tls.key'), key);
}

function begin(current: SelfSigned) {
  const used: string[] = [];
  const problems: string[] = [];
  watch = new CertificateWatch({
    files: [{ cert: join(folder, 'tls.crt'), key: join(folder, 'tls.key') }],
    clock: systemClock,
    current: [current],
    onChange: (certificates) => used.push(...certificates.map(({ chain }) => chain)),
    onProblems: (found) => problems.push(...found),
  });
  return { used, problems };
}

/** Replaces a symbolic link in one step. */
async function point(link: string, to: string): Promise<void> {
  await symlink(to, `${link}.new`);
  await rename(`${link}.new`, link);
}

test('files that are written over are taken up', async () => {
  const [first, second] = [selfSigned(['a.example']), selfSigned(['a.example'])];
  await put(folder, first);
  const { used, problems } = begin(first);
  await put(folder, second);
  await vi.waitUntil(() => used.length > 0, 10_000);
  expect(used).toEqual([second.chain]);
  expect(problems).toEqual([]);
});

test('links that change their target are followed, again and again (certbot)', async () => {
  const made = [1, 2, 3].map(() => selfSigned(['a.example']));
  for (const [i, one] of made.entries()) await put(join(folder, `archive${i}`), one);
  const show = async (i: number) => {
    await point(join(folder, 'tls.crt'), join(folder, `archive${i}`, 'tls.crt'));
    await point(join(folder, 'tls.key'), join(folder, `archive${i}`, 'tls.key'));
  };
  await show(0);
  const { used } = begin(made[0] ?? selfSigned([]));
  for (const i of [1, 2]) {
    await show(i);
    await vi.waitUntil(() => used.length === i, 10_000);
  }
  expect(used).toEqual([made[1]?.chain, made[2]?.chain]);
});

test('a folder that is swapped behind a link is followed (Kubernetes)', async () => {
  const [first, second] = [selfSigned(['a.example']), selfSigned(['a.example'])];
  await put(join(folder, '..1'), first);
  await put(join(folder, '..2'), second);
  await symlink('..1', join(folder, '..data'));
  for (const name of ['tls.crt', 'tls.key']) await symlink(join('..data', name), join(folder, name));
  const { used } = begin(first);
  await point(join(folder, '..data'), '..2');
  await vi.waitUntil(() => used.length > 0, 10_000);
  expect(used).toEqual([second.chain]);
});

test('files that are no good are told once, and good ones after them are taken up', async () => {
  const [first, second] = [selfSigned(['a.example']), selfSigned(['a.example'])];
  await put(folder, first);
  const { used, problems } = begin(first);
  await writeFile(join(folder, 'tls.crt'), second.chain);
  await vi.waitUntil(() => problems.length > 0, 10_000);
  expect(problems).toEqual([`${join(folder, 'tls.key')}: is not the key of ${join(folder, 'tls.crt')}`]);
  expect(used).toEqual([]);
  await writeFile(join(folder, 'tls.key'), second.key);
  await vi.waitUntil(() => used.length > 0, 10_000);
  expect(used).toEqual([second.chain]);
  expect(problems).toHaveLength(1);
});
