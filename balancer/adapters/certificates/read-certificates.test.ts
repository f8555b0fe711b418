import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selfSigned } from '../../testing/self-signed.ts';
import { readCertificates } from './read-certificates.ts';

const NOW = Date.UTC(2026, 0, 1);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificates-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function pair(name: string, made: { readonly chain: string; readonly key: string }) {
  return { cert: await written(`${name}.crt`, made.chain), key: await written(`${name}.key`, made.key) };
}

test('good pairs are read with the names they were made out to', async () => {
  const one = selfSigned(['A.example', '*.b.example', '127.0.0.1'], 30, NOW);
  const reading = await readCertificates([await pair('good', one)], NOW);
  expect(reading).toEqual({
    kind: 'read',
    certificates: [{ chain: one.chain, key: one.key, names: ['a.example', '*.b.example'] }],
    warnings: [],
  });
});

test.each([
  [0, 'expired on 2025-12-31T23:00:00.000Z'],
  [3, 'expires on 2026-01-04T00:00:00.000Z'],
])('a certificate with %d days left is used, with a warning', async (days, warning) => {
  const files = await pair(`days-${days}`, selfSigned(['a.example'], days, NOW));
  expect(await readCertificates([files], NOW)).toMatchObject({
    kind: 'read',
    warnings: [`${files.cert}: ${warning}`],
  });
});

test('everything that is wrong is said at once, and each says where', async () => {
  const good = selfSigned(['a.example']);
  const other = await pair('other', { chain: good.chain, key: selfSigned(['a.example']).key });
  const garbage = await pair('garbage', { chain: 'no', key: good.key });
  const noKey = await pair('no-key', { chain: good.chain, key: good.chain });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const locked = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' });
  const secret = await pair('secret', { chain: good.chain, key: locked.toString() });
  const missing = { cert: join(folder, 'none.crt'), key: other.key };
  expect(await readCertificates([other, garbage, noKey, secret, missing], NOW)).toEqual({
    kind: 'problems',
    problems: [
      `${other.key}: is not the key of ${other.cert}`,
      `${garbage.cert}: holds no certificate in PEM form`,
      `${noKey.key}: holds no private key in PEM form`,
      `${secret.key}: the key has a passphrase`,
      `${missing.cert}: there is no such file`,
    ],
  });
});
