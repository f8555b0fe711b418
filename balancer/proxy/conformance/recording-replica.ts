import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { play, type Step } from './steps.ts';
import { readRequest, type StrictRequest } from './strict-request.ts';

/** A request that a replica understood. */
export interface Arrival {
  /** Counts all arrivals at this replica; its answer carries it in `X-Seq`, so a client can tell whose answer it got. */
  readonly seq: number;
  readonly connection: number;
  readonly request: StrictRequest;
}

/** What came in since the last `begin`. */
export interface Journal {
  readonly arrivals: readonly Arrival[];
  /** Why connections could not be understood: each one is an ambiguity that got past the proxy. */
  readonly malformed: readonly string[];
  /** Connections that are open in the middle of a request. */
  readonly unfinishedOpen: number;
  /** Connections that ended in the middle of a request. */
  readonly unfinishedEnded: number;
  /** What came through connections that were switched to another protocol. */
  readonly tunnelled: string;
}

/** Raw bytes instead of the echo and of any 100; `early`: they are sent as soon as the header section is in. */
export interface Script {
  readonly steps: readonly Step[];
  readonly early?: boolean;
}

export interface RecordingReplica {
  /** A port on loopback, or the path it was told to listen on. */
  readonly address: number | string;
  begin(script?: Script): void;
  journal(): Journal;
  stop(): Promise<void>;
}

interface Line {
  readonly id: number;
  readonly socket: Socket;
  bytes: string;
  state: 'reading' | 'malformed' | 'tunnel' | 'answering';
  /** The header section of the unfinished request was already acted upon. */
  headSeen: boolean;
}

interface Book {
  arrivals: Arrival[];
  malformed: string[];
  tunnelled: string;
  unfinishedEnded: number;
  script: Script | undefined;
  seq: number;
}

/**
 * A replica that keeps every byte and reads it as strictly as can be: what it cannot understand in one way only goes
 * into the journal as malformed. It answers with an echo, or with the raw bytes of a script.
 */
export async function startRecordingReplica(path?: string): Promise<RecordingReplica> {
  const book: Book = { arrivals: [], malformed: [], tunnelled: '', unfinishedEnded: 0, script: undefined, seq: 0 };
  const lines = new Set<Line>();
  let connections = 0;
  const server = createServer({ allowHalfOpen: false, noDelay: true }, (socket) => {
    connections += 1;
    const line: Line = { id: connections, socket, bytes: '', state: 'reading', headSeen: false };
    lines.add(line);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => listen(book, line, chunk.toString('latin1')));
    socket.on('close', () => {
      lines.delete(line);
      if (line.state === 'reading' && line.bytes !== '') book.unfinishedEnded += 1;
    });
  });
  server.listen(path ?? { port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  return {
    address: path ?? portOf(server),
    begin: (script) => Object.assign(book, { arrivals: [], malformed: [], tunnelled: '', unfinishedEnded: 0, script }),
    journal: () => ({ ...book, unfinishedOpen: [...lines].filter(isUnfinished).length }),
    stop: () => stop(server, lines),
  };
}

function isUnfinished(line: Line): boolean {
  return line.state === 'reading' && line.bytes !== '';
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the replica does not listen on a port');
  return address.port;
}

async function stop(server: Server, lines: ReadonlySet<Line>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const line of lines) line.socket.destroy();
  await closed;
}

function listen(book: Book, line: Line, bytes: string): void {
  if (line.state === 'tunnel') {
    tunnel(book, line, bytes);
    return;
  }
  // Whoever has said its last word reads no more.
  if (line.socket.writableEnded && line.state !== 'malformed') return;
  line.bytes += bytes;
  if (line.state === 'reading') readOn(book, line);
}

/** Switched protocols: everything comes back as it was. */
function tunnel(book: Book, line: Line, bytes: string): void {
  book.tunnelled += bytes;
  line.socket.write(Buffer.from(bytes, 'latin1'));
}

function readOn(book: Book, line: Line): void {
  while (line.state === 'reading' && line.bytes !== '') {
    const read = readRequest(line.bytes, 0, 'replica');
    if (read.kind === 'whole') {
      line.bytes = line.bytes.slice(read.next);
      accept(book, line, read.value);
      continue;
    }
    if (read.kind === 'partial') actOnHead(book, line);
    else giveUp(book, line, read.reason);
    return;
  }
}

function giveUp(book: Book, line: Line, reason: string): void {
  line.state = 'malformed';
  book.malformed.push(`${reason} in ${JSON.stringify(line.bytes.slice(0, 300))}`);
  line.socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
}

function actOnHead(book: Book, line: Line): void {
  const end = line.bytes.indexOf('\r\n\r\n');
  if (line.headSeen || end < 0) return;
  line.headSeen = true;
  if (book.script?.early === true) void play(line.socket, book.script.steps);
  else if (book.script === undefined && /\r\nexpect: *100-continue\r\n/i.test(line.bytes.slice(0, end + 2)))
    line.socket.write('HTTP/1.1 100 Continue\r\n\r\n');
}

function accept(book: Book, line: Line, request: StrictRequest): void {
  book.seq += 1;
  const arrival = { seq: book.seq, connection: line.id, request };
  book.arrivals.push(arrival);
  const wasEarly = line.headSeen && book.script?.early === true;
  line.headSeen = false;
  if (wasEarly) return;
  if (book.script === undefined) line.socket.write(echo(arrival));
  else perform(book, line, book.script.steps);
}

function perform(book: Book, line: Line, steps: readonly Step[]): void {
  const [first] = steps;
  line.state = typeof first === 'string' && first.startsWith('HTTP/1.1 101') ? 'tunnel' : 'answering';
  if (line.state === 'tunnel' && line.bytes !== '') book.malformed.push('bytes ahead of the switch of protocols');
  void play(line.socket, steps).then(() => {
    if (line.state !== 'answering' || line.socket.writableEnded) return;
    line.state = 'reading';
    readOn(book, line);
  });
}

function echo({ seq, connection, request }: Arrival): string {
  const body = JSON.stringify({ method: request.method, target: request.target, bodyBytes: request.body.length });
  const length = Buffer.byteLength(body);
  const head = `HTTP/1.1 200 OK\r\nX-Seq: ${seq}\r\nX-Connection: ${connection}\r\nContent-Length: ${length}\r\n\r\n`;
  return request.method === 'HEAD' ? head : head + body;
}
