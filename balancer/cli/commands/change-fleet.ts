import type { ChangeRequest } from '../../../lib/api/contract.ts';
import type { Command } from '../command.ts';
import { connect } from '../connection.ts';
import { UsageError } from '../usage-error.ts';

/** `2`, `S7 S8`, `3 S7`: how many, which, or both. One when nothing is said. */
export function readChange(words: readonly string[]): ChangeRequest {
  const [first, ...rest] = words;
  if (first === undefined) return { n: 1 };
  if (!/^\d+$/.test(first)) return { n: words.length, hostnames: [...words] };
  const n = Number(first);
  if (n < 1) throw new UsageError('the number of replicas starts at 1');
  return rest.length > 0 ? { n, hostnames: rest } : { n };
}

function changing(name: 'add' | 'rm', summary: string, notes: readonly string[]): Command {
  return {
    name,
    summary,
    operands: '[N] [NAME…]',
    options: [],
    notes,
    run: async (given, { screen, environment, signal }) => {
      const { client } = connect(given, environment);
      const change = readChange(given.words);
      const list = name === 'add' ? await client.add(change, signal) : await client.remove(change, signal);
      const { N, replicas } = list.message;
      screen.print(given.has('json') ? `${JSON.stringify(list)}\n` : `N = ${N}: ${replicas.join(', ')}\n`);
      return 0;
    },
  };
}

export const add = changing('add', 'add replicas; answered when they serve', [
  'ringmaster add          one, with a name of its own',
  'ringmaster add 2        two',
  'ringmaster add S7 S8    these two',
]);

export const rm = changing('rm', 'remove replicas; their requests are finished', [
  'ringmaster rm           one, at random',
  'ringmaster rm S7        this one',
]);
