/**
 * An Engine's ping and event stream on a Unix socket, to be hung, broken and brought back at will, with whatever else a
 * test has it answer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Answer {
  readonly status: number;
  readonly body?: object;
}

/** Null: it is not for this to answer. */
export type Answers = (method: string, url: URL) => Answer | null | Promise<Answer>;

export interface FakeEngine {
  readonly socketPath: string;
  /** What each event stream so far was asked to begin from. */
  readonly sinces: readonly string[];
  /** Sends an event to who listens now, or keeps it to be replayed. */
  emit(action: string, id: string, atMs: number, attributes?: Readonly<Record<string, string>>): void;
  /** Ends every event stream, as a lost connection does. */
  breakStreams(): void;
  /** Stops answering, with connections accepted; or answers again. */
  hang(hung: boolean): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

async function answer(coming: ReturnType<Answers>, response: ServerResponse): Promise<void> {
  const known = await coming;
  if (known === null) return void response.end('OK');
  response.writeHead(known.status, { 'Content-Type': 'application/json' });
  response.end(known.body === undefined ? '' : JSON.stringify(known.body));
}

export async function startFakeEngine(answers: Answers = () => null): Promise<FakeEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'ringmaster-engine-'));
  const socketPath = join(folder, 'docker.sock');
  const sinces: string[] = [];
  const sent: { atMs: number; line: string }[] = [];
  const streams = new Set<ServerResponse>();
  const waiting = new Set<ServerResponse>();
  let hung = false;
  let server: Server | null = null;

  const openStream = (url: URL, response: ServerResponse): void => {
    const since = url.searchParams.get('since') ?? '0';
    sinces.push(since);
    response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
    for (const { atMs, line } of sent) if (atMs / 1000 >= Number(since)) response.write(line);
    streams.add(response);
    response.on('close', () => streams.delete(response));
  };

  const start = async (): Promise<void> => {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://engine');
      if (hung) waiting.add(response);
      else if (url.pathname === '/events') openStream(url, response);
      else void answer(answers(request.method ?? 'GET', url), response);
    });
    await new Promise<void>((resolve) => server?.listen(socketPath, resolve));
  };
  const stop = async (): Promise<void> => {
    const stopping = server;
    server = null;
    stopping?.closeAllConnections();
    if (stopping) await new Promise((resolve) => stopping.close(resolve));
  };
  await start();
  return {
    socketPath,
    sinces,
    emit: (action, id, atMs, attributes = {}) => {
      const line = `${JSON.stringify({ Action: action, Actor: { ID: id, Attributes: attributes }, timeNano: atMs * 1e6 })}\n`;
      sent.push({ atMs, line });
      for (const stream of streams) stream.write(line);
    },
    breakStreams: () => {
      for (const stream of streams) stream.destroy();
    },
    hang: (now) => {
      hung = now;
      if (!now) for (const response of waiting) response.destroy();
    },
    start,
    stop,
    dispose: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
