import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runMain, until, withBalancer } from './testing/real-balancer.ts';
import { type SelfSigned, selfSigned } from './testing/self-signed.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tls-'));
});
afterEach(() => rm(folder, { recursive: true }));

const cert = () => join(folder, 'tls.crt');
const key = () => join(folder, 'tls.key');
const flags = () => ['--tls-cert', cert(), '--tls-key', key(), '--tls-port', '0', '--replicas', '1'];

async function put(made: SelfSigned): Promise<void> {
  await writeFile(cert(), made.chain);
  await writeFile(key(), made.key);
}

function portIn(log: string): number {
  return Number(/https:\/\/[\w.]+:(\d+)/.exec(log)?.[1]);
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Trusts nothing but this certificate. */
function get(port: number, ca: string, path: string, method = 'GET'): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request({ host: '127.0.0.1', port, path, method, ca, servername: 'localhost', agent: false });
  asked.on('error', reject);
  asked.on('response', (response) => {
    let body = '';
    response.on('data', (piece: Buffer) => {
      body += piece.toString();
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
  });
  asked.end();
  return promise;
}

test('two flags serve replicas and the API over TLS, and renewed certificates are taken up while it runs', async () => {
  const first = selfSigned(['localhost']);
  await put(first);
  await withBalancer({ flags: flags() }, async ({ client, log }) => {
    const port = portIn(log());
    expect(await get(port, first.chain, '/home')).toMatchObject({ status: 200 });
    expect((await get(port, first.chain, '/rep')).body).toContain('"replicas":["S1"]');

    const second = selfSigned(['localhost']);
    await put(second);
    const kinds = async () => (await client.history({ limit: 50 })).events.map(({ kind }) => kind);
    await until(async () => (await kinds()).includes('certificates-loaded'), 20_000, 'the event');
    expect(await get(port, second.chain, '/home')).toMatchObject({ status: 200 });

    await writeFile(cert(), 'torn');
    await until(async () => (await kinds()).includes('certificates-refused'), 20_000, 'the refusal');
    expect(await get(port, second.chain, '/home')).toMatchObject({ status: 200 });
    expect(log()).toContain('tls.crt: holds no certificate in PEM form');
  });
});

test('files that are no good are all named, and nothing is started', async () => {
  await put(selfSigned(['localhost']));
  const more = ['--tls-cert', join(folder, 'none.crt'), '--tls-key', cert()];
  const output = runMain([...flags(), ...more, '--runtime', 'process', '--state', folder]);
  expect(await output.ended).toBe(1);
  expect(output.text()).toContain('none.crt: there is no such file');
});

test('an expired certificate is used, with a warning', async () => {
  await put(selfSigned(['localhost'], 0));
  await withBalancer({ flags: flags() }, async ({ log }) => {
    expect(log()).toMatch(/warn .*tls\.crt: expired on /);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['-e', `fetch('https://127.0.0.1:${portIn(log())}/rep').then(async (r) => console.log(r.status))`],
      { env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
    );
    expect(stdout).toBe('200\n');
  });
});
