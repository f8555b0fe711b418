/**
 * How evenly the placements share out slots and requests, how much they move when a member joins or leaves, and what
 * that costs, beside ketama, Maglev and rendezvous. Prints tables; takes about a minute. Run: npm run bench:ring
 */
import {
  byClassicId,
  byCounter,
  byKey,
  type Contender,
  type Fleet,
  lookupContender,
  ringContender,
} from './compare/contender.ts';
import { ketama } from './compare/ketama.ts';
import { maglev } from './compare/maglev.ts';
import { rendezvous } from './compare/rendezvous.ts';
import { slotOfKey } from './hash.ts';
import { mulberry32 } from './random.ts';
import { ringOf } from './sample-rings.ts';
import { ringTable } from './table.ts';
import { MAX_REPLICAS } from './types.ts';

const SIZES = [2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 32, 56];
/** Fleets of other names whose figures are averaged. */
const FLEETS = 10;
const REQUESTS = 10_000;
const LOOKUPS = 100_000;
const LOOKUP_ROUNDS = 20;

/** Random adds and removes within a range of sizes, from the middle of it. */
interface Walk {
  readonly low: number;
  readonly high: number;
  readonly changes: number;
}
const LONG_WALKS: readonly Walk[] = [
  { low: 2, high: 10, changes: 400 },
  { low: 2, high: 32, changes: 400 },
  { low: 1, high: MAX_REPLICAS, changes: 400 },
];
/** At each size, the N-th leaves and another joins. */
const WALKS_AT_SIZES: readonly Walk[] = SIZES.map((size) => ({ low: size - 1, high: size, changes: 40 }));

const CONTENDERS: readonly Contender[] = [
  ringContender('balanced', 'balanced', byKey),
  ringContender('hashed', 'hashed', byKey),
  ringContender('classic-linear', 'classic-linear', byClassicId),
  ringContender('classic-quadratic', 'classic-quadratic', byClassicId),
  lookupContender('ketama, 160 points', ketama),
  lookupContender('maglev, 65537', maglev),
  lookupContender('rendezvous', rendezvous),
];
const WITHOUT_KEYS = ringContender('balanced, no key', 'balanced', byCounter);

/** The busiest member's part against the mean. */
function peakOverMean(owners: readonly string[], members: number): number {
  const counts = new Map<string, number>();
  for (const name of owners) counts.set(name, (counts.get(name) ?? 0) + 1);
  return (Math.max(...counts.values()) * members) / owners.length;
}

function grown(contender: Contender, size: number, prefix: string): Fleet {
  let fleet = contender.empty();
  for (let n = 1; n <= size; n++) fleet = fleet.add(`${prefix}${n}`);
  return fleet;
}

/** What is shared out: slots, keys, requests; the owner of each. */
type Part = (fleet: Fleet, index: number) => readonly string[];

/** Averaged over fleets of other names. */
function evenness(contender: Contender, size: number, part: Part): number {
  let sum = 0;
  for (let index = 0; index < FLEETS; index++) {
    sum += peakOverMean(part(grown(contender, size, `fleet${index}-`), index), size);
  }
  return sum / FLEETS;
}

function requestsOf(fleet: Fleet, index: number): string[] {
  return Array.from({ length: REQUESTS }, (_, i) => fleet.request(index * REQUESTS + i));
}

interface Movement {
  /** Moved against a newcomer's equal share, and against what belonged to who left. */
  readonly adds: number;
  readonly removes: number;
  readonly medianMs: number;
}

function timesIn(owners: readonly string[], name: string): number {
  return owners.filter((owner) => owner === name).length;
}

function movement(contender: Contender, { low, high, changes }: Walk): Movement {
  const random = mulberry32(high);
  const adds = { moved: 0, minimum: 0 };
  const removes = { moved: 0, minimum: 0 };
  const times: number[] = [];
  let fleet = grown(contender, (low + high) >> 1, 'member-');
  for (let i = 0; i < changes; i++) {
    const size = fleet.names.length;
    const leaving =
      size > low && (size === high || random() < 0.5) ? fleet.names[Math.floor(random() * size)] : undefined;
    const start = performance.now();
    const next = leaving === undefined ? fleet.add(`newcomer-${i}`) : fleet.remove(leaving);
    times.push(performance.now() - start);
    const [before, after] = [fleet.owners(), next.owners()];
    const tally = leaving === undefined ? adds : removes;
    tally.moved += before.filter((owner, unit) => owner !== after[unit]).length;
    tally.minimum += leaving === undefined ? Math.floor(before.length / (size + 1)) : timesIn(before, leaving);
    fleet = next;
  }
  const medianMs = times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
  return { adds: adds.moved / adds.minimum, removes: removes.moved / removes.minimum, medianMs };
}

/** Of the fastest of several rounds: what other programs take away is not the lookup's. */
function nsPerLookup(lookup: (i: number) => unknown): number {
  let fastest = Number.POSITIVE_INFINITY;
  let sink: unknown;
  for (let round = 0; round < LOOKUP_ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < LOOKUPS; i++) sink = lookup(i);
    fastest = Math.min(fastest, performance.now() - start);
  }
  return sink === undefined ? Number.NaN : (fastest * 1e6) / LOOKUPS;
}

function lookupTimes(): (readonly [string, number])[] {
  const keys = Array.from({ length: 4096 }, (_, i) => `session-${1_000_000 + i}`);
  const key = (i: number): string => keys[i & 4095] ?? '';
  const names = Array.from({ length: 10 }, (_, i) => `S${i + 1}`);
  const { owner } = ringTable(ringOf('balanced', names.length));
  const [onKetama, onMaglev, byRendezvous] = [ketama(names), maglev(names), rendezvous(names)];
  return [
    ['slot table alone', nsPerLookup((i) => owner[i & 511])],
    ['slot table, hash of the key included', nsPerLookup((i) => owner[slotOfKey(key(i))])],
    ['maglev, 65537', nsPerLookup((i) => onMaglev(key(i)))],
    ['ketama, 160 points', nsPerLookup((i) => onKetama(key(i)))],
    ['rendezvous', nsPerLookup((i) => byRendezvous(key(i)))],
  ];
}

function printTable(
  title: string,
  head: readonly unknown[],
  rows: readonly (readonly [string, ...number[]])[],
  digits = 3,
): void {
  console.log(`\n${title}`);
  console.log(''.padEnd(20) + head.map((cell) => String(cell).padStart(7)).join(''));
  for (const [label, ...cells] of rows) {
    console.log(label.padEnd(20) + cells.map((cell) => cell.toFixed(digits).padStart(7)).join(''));
  }
}

function printMovement(title: string, head: readonly string[], walks: readonly Walk[]): void {
  const results = CONTENDERS.map((contender) => ({
    label: contender.label,
    walks: walks.map((walk) => movement(contender, walk)),
  }));
  const rows = (figure: (one: Movement) => number) =>
    results.map((result) => [result.label, ...result.walks.map(figure)] as const);
  printTable(
    `${title}: moved by adds / the minimum`,
    head,
    rows((one) => one.adds),
  );
  printTable(
    `${title}: moved by removes / the minimum`,
    head,
    rows((one) => one.removes),
  );
  printTable(
    `${title}: time of a change, median ms`,
    head,
    rows((one) => one.medianMs),
    2,
  );
}

function evennessRows(contenders: readonly Contender[], part: Part) {
  return contenders.map((one) => [one.label, ...SIZES.map((size) => evenness(one, size, part))] as const);
}

const sizes = SIZES.map((size) => `N=${size}`);
printTable(
  'Slots (or keys) of the busiest / mean',
  sizes,
  evennessRows(CONTENDERS, (fleet) => fleet.owners()),
);
printTable(
  `Requests of the busiest / mean, of ${REQUESTS}`,
  sizes,
  evennessRows([WITHOUT_KEYS, ...CONTENDERS], requestsOf),
);
printMovement('One leaves, one joins', sizes, WALKS_AT_SIZES);
printMovement(
  'Random adds and removes',
  LONG_WALKS.map(({ low, high }) => `${low}..${high}`),
  LONG_WALKS,
);
console.log('\nns per lookup, N = 10');
for (const [label, ns] of lookupTimes()) console.log(label.padEnd(40) + ns.toFixed(1).padStart(7));
