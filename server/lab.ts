/**
 * Faults and echoes for demos and tests, under `/lab/`; loaded only with SERVER_LAB=1. README.md lists them.
 */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { echo, mirror } from './lab-echo.ts';
import { abort, drip, fixedBytes, hang } from './lab-stream.ts';
import type { Settings } from './settings.ts';
import { echoWebSocket } from './websocket-echo.ts';

type LabHandler = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams, id: string) => void;

export interface Lab {
  /** Answers `/lab/…` and applies the present misbehaviour; the rest goes on to `listener`. */
  wrap(listener: RequestListener): RequestListener;
  /** Adds the WebSocket echo and the troubles of starting. */
  attach(server: Server): void;
}

/** How the replica misbehaves until told otherwise: set by `PUT /lab/behaviour`. */
interface Behaviour {
  /** Added before every answer but those of `/lab/`. */
  readonly delayMs: number;
  /** Answered instead of the real thing; 0: nothing is replaced. */
  readonly status: number;
  /** Connections are accepted and then closed without an answer. */
  readonly close: boolean;
  /** Which paths it applies to: all that begin with this. */
  readonly path: string;
}
const WELL: Behaviour = { delayMs: 0, status: 0, close: false, path: '/' };

const HANDLERS: Readonly<Record<string, LabHandler>> = {
  '/lab/delay': (_request, response, query, id) => {
    setTimeout(() => sendJson(response, 200, { server: id }), whole(query, 'ms', 1000, 600_000));
  },
  '/lab/status': (_request, response, query, id) => {
    const code = Math.max(200, whole(query, 'code', 500, 599));
    if (code === 204 || code === 304) response.writeHead(code).end();
    else sendJson(response, code, { server: id, status: code });
  },
  '/lab/echo': echo,
  '/lab/mirror': mirror,
  '/lab/stream': (_request, response, query) => drip(response, readDrip(query)),
  '/lab/bytes': (_request, response, query) => fixedBytes(response, whole(query, 'bytes', 1024, 1e10)),
  '/lab/hang': (_request, response) => hang(response),
  '/lab/abort': (_request, response, query) => abort(response, whole(query, 'after', 0, 1e9)),
  '/lab/exit': (_request, response, query, id) => {
    const code = whole(query, 'code', 1, 255);
    sendJson(response, 200, { server: id, exiting: code });
    response.on('close', () => process.exit(code));
  },
};

export function createLab(settings: Settings): Lab {
  let behaviour = WELL;
  const answerLab = (request: IncomingMessage, response: ServerResponse, url: URL): void => {
    if (url.pathname === '/lab/behaviour') {
      behaviour = { ...WELL, ...readBehaviour(url.searchParams) };
      sendJson(response, 200, { server: settings.id, behaviour });
      return;
    }
    const handler = HANDLERS[url.pathname];
    if (handler) handler(request, response, url.searchParams, settings.id);
    else sendJson(response, 404, { message: `<Error> The lab has no ${url.pathname}`, status: 'failure' });
  };
  return {
    wrap: (listener) => (request, response) => {
      const target = request.url ?? '/';
      if (target.startsWith('/lab/')) answerLab(request, response, new URL(target, 'http://lab'));
      else misbehave(behaviour, target, response, () => listener(request, response));
    },
    attach: (server) => {
      server.on('upgrade', (request, socket, head) => echoWebSocket(request, socket, head));
      if (settings.exitAfterMs > 0) setTimeout(() => process.exit(1), settings.exitAfterMs);
    },
  };
}

function misbehave(behaviour: Behaviour, target: string, response: ServerResponse, answer: () => void): void {
  if (behaviour === WELL || !target.startsWith(behaviour.path)) {
    answer();
    return;
  }
  if (behaviour.close) {
    response.destroy();
    return;
  }
  const go = (): void => {
    if (behaviour.status > 0) sendJson(response, behaviour.status, { message: '<Error> As told', status: 'failure' });
    else answer();
  };
  if (behaviour.delayMs > 0) setTimeout(go, behaviour.delayMs);
  else go();
}

function readBehaviour(query: URLSearchParams): Partial<Behaviour> {
  return {
    delayMs: whole(query, 'delayMs', 0, 600_000),
    status: query.has('status') ? Math.max(200, whole(query, 'status', 500, 599)) : 0,
    close: query.get('close') === '1',
    path: query.get('path') ?? '/',
  };
}

function readDrip(query: URLSearchParams): { bytes: number; chunkBytes: number; everyMs: number } {
  return {
    bytes: whole(query, 'bytes', 1_000_000, 1e10),
    chunkBytes: Math.max(1, whole(query, 'chunk', 65_536, 1 << 20)),
    everyMs: whole(query, 'everyMs', 0, 60_000),
  };
}

/** A whole number from 0 to `highest`; what is missing or no number becomes the fallback. */
function whole(query: URLSearchParams, name: string, fallback: number, highest: number): number {
  const text = query.get(name);
  return text !== null && /^\d+$/.test(text) ? Math.min(Number(text), highest) : fallback;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': bytes.length }).end(bytes);
}
