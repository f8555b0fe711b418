import type { Flag } from './flag.ts';
import { environmentName, FLAGS } from './flags.ts';

const WIDTH = 100;
const INDENT = 30;

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function describe(flag: Flag): string {
  const left = `  --${flag.name}${flag.value === null ? '' : ` ${flag.value}`}`;
  const note = flag.value === null ? flag.help : `${flag.help} (default: ${flag.fallback})`;
  const [first = '', ...rest] = wrap(note, WIDTH - INDENT);
  const start = left.length >= INDENT - 1 ? `${left}\n${' '.repeat(INDENT)}${first}` : left.padEnd(INDENT) + first;
  return [start, ...rest.map((line) => ' '.repeat(INDENT) + line)].join('\n');
}

/** The text of `--help`. */
export function helpText(): string {
  const groups = Map.groupBy<string, Flag>(FLAGS, (flag) => flag.group);
  const sections = [...groups].map(([group, flags]) => `${group}\n${flags.map(describe).join('\n')}`);
  return `Ringmaster: a self-healing HTTP load balancer on a 512-slot consistent-hashing ring.

Usage: npm run balancer -- [FLAGS]

  npm run balancer                                      3 sample replicas on http://127.0.0.1:5000
  npm run balancer -- --replicas 5 --port 8080
  npm run balancer -- --upstreams 10.0.0.1:80,10.0.0.2:80
  npm run balancer -- --image nginx --image-port 80 --health-path /
  npm run balancer -- --command "python3 -m http.server \\$PORT" --health-path /

Every flag is also an environment variable: --health-path is ${environmentName('health-path')}; a flag wins.
TIME: 500ms, 2s, 1m, or a number of ms. SIZE: bytes, or 64k, 10m, 1g.

${sections.join('\n\n')}

API: GET /rep, POST /add, DELETE /rm, and /_ring/ (its document: /_ring/openapi.json).
Signals: SIGTERM and SIGINT end it when the requests in flight are answered; a second one at once.
`;
}
