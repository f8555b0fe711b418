import { REPLICA_ACTIONS, type ReplicaAction } from '../../../lib/api/admin.ts';
import type { Command } from '../command.ts';
import { connect } from '../connection.ts';
import { UsageError } from '../usage-error.ts';

const SUMMARIES: Readonly<Record<ReplicaAction, string>> = {
  kill: 'kill replicas at once; they are replaced in their seats',
  pause: 'freeze replicas until they are unpaused',
  unpause: 'let frozen replicas go on',
  restart: 'stop and start replicas',
  drain: 'send replicas no more requests',
  undrain: 'send drained replicas requests again',
};

function acting(action: ReplicaAction): Command {
  return {
    name: action,
    summary: SUMMARIES[action],
    operands: 'NAME…',
    options: [],
    run: async (given, { screen, environment, signal }) => {
      if (given.words.length === 0) throw new UsageError(`which replica? ringmaster ${action} NAME`);
      const { client } = connect(given, environment);
      for (const name of given.words) {
        const replica = await client.act(name, action, signal);
        screen.print(
          given.has('json') ? `${JSON.stringify(replica)}\n` : `${name}: ${replica.reason ?? replica.status}\n`,
        );
      }
      return 0;
    },
  };
}

export const actions: readonly Command[] = REPLICA_ACTIONS.map(acting);
