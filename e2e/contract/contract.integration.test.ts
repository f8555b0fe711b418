import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { startLoad } from '../support/load.ts';

const python = process.env['RINGMASTER_TEST_PYTHON'] ?? '/usr/bin/python3';
const docker = process.env['RINGMASTER_TEST_DOCKER'] !== 'no';
/** The walk through N is made with the runtime that has more in it to go wrong. */
const runtimes = [
  { runtime: 'process', present: true, walks: !docker },
  { runtime: 'docker', present: docker, walks: docker },
];

interface Measured {
  readonly n: number;
  readonly counts: Record<string, number>;
  readonly errors: Record<string, number>;
}

async function script(name: string, ...args: string[]): Promise<string> {
  const file = new URL(name, import.meta.url).pathname;
  try {
    return (await promisify(execFile)(python, [file, ...args], { maxBuffer: 1 << 24 })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${name} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** What each leaves is three replicas, which the next begins with. */
for (const { runtime, present, walks } of runtimes) {
  describe.skipIf(!present)(`with --runtime ${runtime}`, () => {
    let balancer: Balancer;
    let url: string;

    beforeAll(async () => {
      balancer = await startBalancer(['--runtime', runtime]);
      url = balancer.url;
    });

    afterAll(async () => {
      expect(await balancer.stop()).toBe(0);
    });

    test('10,000 requests at concurrency 100 all succeed, spread within 1 % of a third', {
      timeout: 120_000,
    }, async () => {
      const { byReplica, errors } = await startLoad(`${url}/home`, 100, { total: 10_000 }).done;
      expect(Object.fromEntries(errors)).toEqual({});
      expect(byReplica.size).toBe(3);
      for (const count of byReplica.values()) expect(Math.abs(count - 10_000 / 3)).toBeLessThanOrEqual(10_000 / 300);
    });

    test.skipIf(python === '')(
      'a script of others walks every endpoint and every refusal',
      { timeout: 120_000 },
      async () => {
        const said = await script('endpoints.py', url);
        expect(said).not.toContain('FAIL');
        expect(said.match(/^ok /gm)?.length).toBeGreaterThan(60);
      },
    );

    if (walks) {
      const name = '10,000 asynchronous GETs, a fifth of them at each N from 2 to 6, spread evenly';
      test.skipIf(python === '')(name, { timeout: 300_000 }, async () => {
        const measured = JSON.parse(await script('load.py', url, '2000')) as Measured[];
        expect(measured.map((m) => m.n)).toEqual([2, 3, 4, 5, 6]);
        for (const { n, counts, errors } of measured) {
          expect(errors).toEqual({});
          expect(Object.keys(counts)).toHaveLength(n);
          // A share is floor or ceil of 512/n slots: at n = 6 that alone is 1.2 % of the mean.
          for (const count of Object.values(counts)) expect(Math.abs(count * n - 2_000)).toBeLessThan(2_000 * 0.03);
        }
      });
    }
  });
}
