/** Who may look, who may change, and what is written down of it. */
import { expect, test } from 'vitest';
import { createClient } from '../lib/client/client.ts';
import { createLabClient } from '../lib/client/lab-client.ts';
import { loadSpec } from '../lib/lab/load.ts';
import { withBalancer } from './testing/real-balancer.ts';

const ADMIN = 'token-of-the-admin';
const VIEWER = 'token-of-the-viewer';
const flags = ['--replicas', '1', '--admin-token', ADMIN, '--viewer-token', VIEWER];

test('a viewer token looks and changes nothing, and without any token only health and the contract answer', async () => {
  await withBalancer({ flags }, async ({ url }) => {
    const status = async (path: string, token?: string, method = 'GET'): Promise<number> => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const response = await fetch(url + path, { method, headers, signal: AbortSignal.timeout(5_000) });
      await response.body?.cancel();
      return response.status;
    };
    for (const path of [
      '/_ring/v1/state',
      '/_ring/v1/events',
      '/_ring/v1/alerts',
      '/_ring/metrics',
      '/_ring/v1/runs',
    ]) {
      expect([path, await status(path)]).toEqual([path, 401]);
      expect([path, await status(path, VIEWER)]).toEqual([path, 200]);
      expect([path, await status(path, ADMIN)]).toEqual([path, 200]);
    }
    for (const path of ['/_ring/healthz', '/_ring/readyz', '/rep']) expect(await status(path)).toBe(200);
    expect(await status('/_ring/v1/replicas/S1/kill', VIEWER, 'POST')).toBe(403);
    expect(await status('/rm', VIEWER, 'DELETE')).toBe(403);
    expect((await createClient({ baseUrl: url, token: VIEWER }).state()).replicas[0]?.restarts).toBe(0);
  });
});

test('loads, runs and sign-ins are events with who did it', async () => {
  await withBalancer({ flags }, async ({ url }) => {
    const options = { baseUrl: url, token: ADMIN, actor: 'alice' };
    const lab = createLabClient(options);
    const { id } = await lab.start({ kind: 'load', load: loadSpec.parse({ requests: null, durationMs: 60_000 }) });
    await lab.cancel(id);
    await lab.remove(id);
    const note = async (body: object): Promise<number> => {
      const headers = {
        authorization: `Bearer ${ADMIN}`,
        'content-type': 'application/json',
        'x-ringmaster-actor': 'bob',
      };
      return (await fetch(`${url}/_ring/v1/sign-ins`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    };
    expect(await note({ outcome: 'signed-in', role: 'viewer' })).toBe(200);
    expect(await note({ outcome: 'failed', role: null })).toBe(200);
    expect(await note({ outcome: 'promoted', role: null })).toBe(400);
    const { events } = await createClient(options).history({ about: 'people' });
    expect(events.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['run-started', 'alice'],
      ['run-cancelled', 'alice'],
      ['run-removed', 'alice'],
      ['signed-in', 'bob'],
      ['sign-in-failed', 'bob'],
    ]);
  });
});
