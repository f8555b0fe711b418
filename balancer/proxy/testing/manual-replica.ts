import { createServer, type Socket } from 'node:net';
import { listen } from './traffic.ts';

/** A connection to the replica: what came over it, and a hand on what goes back. */
export class Line {
  received = '';
  readonly #socket: Socket;
  #changed = Promise.withResolvers<void>();

  constructor(socket: Socket, onBytes: (line: Line) => void) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      this.received += bytes.toString('latin1');
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
      onBytes(this);
    });
  }

  async until(condition: (received: string) => boolean): Promise<void> {
    while (!condition(this.received)) await this.#changed.promise;
  }

  async head(): Promise<string> {
    await this.until((received) => received.includes('\r\n\r\n'));
    return this.received.slice(0, this.received.indexOf('\r\n\r\n') + 4);
  }

  get body(): string {
    return this.received.slice(this.received.indexOf('\r\n\r\n') + 4);
  }

  say(text: string): void {
    this.#socket.write(text, 'latin1');
  }

  die(): void {
    this.#socket.destroy();
  }
}

/** A replica whose answers are given by hand. */
export interface ManualReplica {
  readonly port: number;
  /** In the order they were opened. */
  readonly lines: Line[];
  /** Resolves when it is open. */
  line(index: number): Promise<Line>;
  stop(): void;
}

/** `onBytes` hears of each piece that came. */
export async function startManualReplica(onBytes: (line: Line) => void = () => undefined): Promise<ManualReplica> {
  const lines: Line[] = [];
  let opened = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    lines.push(new Line(socket, onBytes));
    opened.resolve();
    opened = Promise.withResolvers();
  });
  const stop = () => {
    for (const one of lines) one.die();
    server.close();
  };
  const line = async (index: number): Promise<Line> => {
    for (;;) {
      const found = lines[index];
      if (found !== undefined) return found;
      await opened.promise;
    }
  };
  return { port: await listen(server), lines, line, stop };
}
