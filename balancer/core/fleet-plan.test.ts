import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generateNames, planAdd, planRemove } from './fleet-plan.ts';

const facts = { members: ['S1', 'S3', 'web'], reserved: ['S4'], maxReplicas: 6 };

test.each([
  ['names are generated from the lowest free number', 2, [], ['S2', 'S5']],
  ['names asked for come first', 3, ['db', 'S2'], ['db', 'S2', 'S5']],
] as const)('%s', (_, n, asked, names) => {
  expect(planAdd(n, asked, facts)).toEqual({ ok: true, names });
});

test.each([
  ['more names than n', 1, ['a', 'b'], 'too-many-names'],
  ['a name given twice', 2, ['a', 'a'], 'name-repeated'],
  ['a name that differs in case only', 2, ['a', 'A'], 'name-repeated'],
  ['a name that is taken', 1, ['WEB'], 'name-taken'],
  ['more than there is room for', 4, [], 'too-many'],
] as const)('an add is refused for %s', (_, n, asked, kind) => {
  expect(planAdd(n, asked, facts)).toMatchObject({ ok: false, kind });
});

test.each([
  ['more names than n', 1, ['S1', 'S3'], 'too-many-names'],
  ['a name given twice', 2, ['S1', 'S1'], 'name-repeated'],
  ['a name nobody has', 1, ['S9'], 'name-unknown'],
  ['more than there are', 4, [], 'too-many'],
] as const)('a removal is refused for %s', (_, n, asked, kind) => {
  expect(planRemove(n, asked, facts.members, Math.random)).toMatchObject({ ok: false, kind });
});

test('a removal takes those asked for and chooses the rest among the others, nobody twice', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 56 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      fc.nat(),
      (members, numbers, pick) => {
        const n = (pick % members.length) + 1;
        const asked = members.slice(0, n % 3);
        const random = (): number => numbers.next().value ?? 0;
        const plan = planRemove(Math.max(n, asked.length), asked, members, random);
        if (!plan.ok) throw new Error(plan.kind);
        expect(plan.names.slice(0, asked.length)).toEqual(asked);
        expect(new Set(plan.names).size).toBe(plan.names.length);
        expect(plan.names.every((name) => members.includes(name))).toBe(true);
      },
    ),
  );
});

test('every replica is as likely to be chosen', () => {
  const chosen = [0, 0.34, 0.67].flatMap((number) => {
    const plan = planRemove(1, [], ['a', 'b', 'c'], () => number);
    return plan.ok ? plan.names : [];
  });
  expect(chosen).toEqual(['a', 'b', 'c']);
});

test('generated names avoid whatever is taken', () => {
  expect(generateNames(3, new Set(['s1', 's3']))).toEqual(['S2', 'S4', 'S5']);
});
