import type { KeyInspection } from '../../../lib/api/admin.ts';
import type { State } from '../../../lib/api/state.ts';
import type { Command } from '../command.ts';
import { connect } from '../connection.ts';
import { drawGrid, drawRing, seatMark } from '../terminal/ring-drawing.ts';
import type { Style } from '../terminal/style.ts';
import { textTable } from '../terminal/text-table.ts';
import { UsageError } from '../usage-error.ts';

const ROWS = 26;

export const ring: Command = {
  name: 'ring',
  summary: 'the ring, drawn: who owns which slots',
  operands: '',
  options: [
    { name: 'serving', value: null, help: 'who answers now, instead of who owns' },
    { name: 'grid', value: null, help: 'all 512 slots, 64 a line' },
  ],
  run: async (given, { screen, environment, signal }) => {
    const state = await connect(given, environment).client.state(signal);
    const slots = given.has('serving') ? state.ring.serving : state.ring.owner;
    if (given.has('json')) screen.print(`${JSON.stringify(state.ring)}\n`);
    else {
      const drawn = given.has('grid') ? drawGrid(slots, screen.style) : drawRing(slots, ROWS, screen.style);
      screen.print(`${drawn}\n${shares(state, screen.style)}`);
    }
    return 0;
  },
};

function shares({ ring: { members, owner, serving, virtualNodes } }: State, style: Style): string {
  const count = (slots: readonly number[], seat: number): string =>
    String(slots.filter((other) => other === seat).length);
  const rows = members.map(({ name, seat }) => [
    style.seat(seat, seatMark(seat)),
    style.seat(seat, name),
    count(owner, seat),
    count(serving, seat),
    virtualNodes
      .filter((node) => node.seat === seat)
      .map((node) => node.slot)
      .join(' '),
  ]);
  return textTable(['', 'replica', 'owns', 'serves', 'virtual nodes'], rows, style);
}

export const key: Command = {
  name: 'key',
  summary: 'where a key goes: hash, slot, virtual node, owner, understudies',
  operands: 'KEY…',
  options: [],
  run: async (given, { screen, environment, signal }) => {
    if (given.words.length === 0) throw new UsageError('which key? ringmaster key KEY');
    const { client } = connect(given, environment);
    for (const word of given.words) {
      const found = await client.key(word, signal);
      screen.print(given.has('json') ? `${JSON.stringify(found)}\n` : keyText(found, screen.style));
    }
    return 0;
  },
};

function keyText(
  { key: word, hash, slot, virtualNode, owner, serving, understudies }: KeyInspection,
  style: Style,
): string {
  const names = understudies.map(({ name, seat }) => style.seat(seat, name)).join(' → ');
  const away = serving && serving.seat !== owner?.seat ? ` (now ${serving.name})` : '';
  const target = owner ? style.strong(style.seat(owner.seat, owner.name)) : 'nobody';
  const way = `murmur3 ${hash.toString(16).padStart(8, '0')} → slot ${slot} → virtual node ${virtualNode ?? '–'}`;
  return `${word}: ${way} → ${target}${away}, then ${names || 'nobody'}\n`;
}
