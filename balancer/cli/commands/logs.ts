import type { Command } from '../command.ts';
import { connect } from '../connection.ts';
import { UsageError } from '../usage-error.ts';

export const logs: Command = {
  name: 'logs',
  summary: 'what a replica has printed',
  operands: 'NAME',
  options: [
    { name: 'tail', value: 'N', help: 'this many lines from the end (200)' },
    { name: 'follow', value: null, short: 'f', help: 'go on with new lines' },
  ],
  run: async (given, { screen, environment, signal }) => {
    const [name, ...more] = given.words;
    if (name === undefined || more.length > 0) throw new UsageError('which replica? ringmaster logs NAME');
    const { client } = connect(given, environment);
    const query = { tail: given.whole('tail') ?? 200, follow: given.has('follow') };
    for await (const line of client.logs(name, query, signal)) {
      const when = screen.style.faint(new Date(line.at).toISOString().slice(11, 23));
      const text = line.stream === 'stderr' ? screen.style.warning(line.text) : line.text;
      screen.print(given.has('json') ? `${JSON.stringify(line)}\n` : `${when} ${text}\n`);
    }
    return 0;
  },
};
