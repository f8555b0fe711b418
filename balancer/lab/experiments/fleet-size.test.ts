import { expect, test } from 'vitest';
import type { State } from '../../../lib/api/state.ts';
import type { Context } from './context.ts';
import { keepingFleet, resizeTo, standbysMade } from './fleet-size.ts';

/** A fleet of which some may be away: `/rep` and the answers to changes leave those out. */
function fleetOf(...names: string[]) {
  const members = new Set(names);
  const away = new Set<string>();
  const answer = async () => {
    const replicas = [...members].filter((name) => !away.has(name));
    return { message: { N: replicas.length, replicas }, status: 'successful' as const };
  };
  return {
    members,
    away,
    state: async () =>
      ({ ring: { members: [...members].map((name, at) => ({ name, seat: at + 1 })) } }) as unknown as State,
    add: ({ n, hostnames = [] }: { n: number; hostnames?: string[] | undefined }) => {
      for (let i = 0; i < n; i++) members.add(hostnames[i] ?? `new${i}`);
      return answer();
    },
    remove: ({ hostnames = [] }: { n: number; hostnames?: string[] | undefined }) => {
      for (const name of hostnames) members.delete(name);
      return answer();
    },
  };
}

test('a replica that is away when an experiment begins is still in the fleet when it has ended', async () => {
  const fleet = fleetOf('S1', 'S2', 'S3');
  fleet.away.add('S2');
  const during = await keepingFleet(fleet, async () => {
    await resizeTo(fleet, 3);
    fleet.away.delete('S2');
    return [...fleet.members];
  });
  expect(during).toEqual(['S1', 'S2', 'S3']);
  expect([...fleet.members]).toEqual(['S1', 'S2', 'S3']);
});

test('a fleet that was grown or shrunk has its members back afterwards', async () => {
  const fleet = fleetOf('S1', 'S2', 'S3');
  await keepingFleet(fleet, () => resizeTo(fleet, 5));
  expect([...fleet.members]).toEqual(['S1', 'S2', 'S3']);
  await keepingFleet(fleet, () => resizeTo(fleet, 1));
  expect([...fleet.members].sort()).toEqual(['S1', 'S2', 'S3']);
});

test('a fleet that has just started is left to make its standbys, but not for ever', async () => {
  const looksUntilMade = async (...seen: readonly string[][]) => {
    let looks = 0;
    const state = async () => ({ replicas: (seen[looks++] ?? seen.at(-1) ?? []).map((standby) => ({ standby })) });
    const context = { subject: { client: { state } }, sleep: async () => undefined };
    await standbysMade(context as unknown as Context);
    return looks;
  };
  expect(await looksUntilMade(['none', 'none'])).toBe(1);
  expect(
    await looksUntilMade(['preparing', 'none'], ['ready', 'none'], ['ready', 'preparing'], ['ready', 'ready']),
  ).toBe(4);
  expect(await looksUntilMade(['ready', 'preparing'])).toBe(80);
});
