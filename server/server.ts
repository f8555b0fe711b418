/**
 * The sample replica: a small HTTP server that says who it is. It imports nothing but Node, so that this folder is
 * all there is to run it. Settings come from the environment; README.md lists them.
 */
import type { RequestListener } from 'node:http';
import { readSettings, type Settings } from './settings.ts';
import { stopOnSignal } from './shutdown.ts';

/** Connections that may wait to be accepted; Node's 511 is too few when thousands of clients come at once. */
const BACKLOG = 4096;

/** To import it would read each export, also the one named WebSocket, for which Node loads a whole HTTP client: half a start. */
const { createServer } = process.getBuiltinModule('node:http');

const settings = settingsOrExit();
const lab = settings.lab ? (await import('./lab.ts')).createLab(settings) : undefined;
const server = createServer(
  { noDelay: true, keepAliveTimeout: settings.keepAliveTimeoutMs },
  logged(lab?.wrap(contract(settings.id)) ?? contract(settings.id)),
);
lab?.attach(server);
stopOnSignal(server, (line) => console.log(`${settings.id}: ${line}`));

server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(`${settings.id}: cannot listen on ${settings.host}:${settings.port}: ${error.message}`);
  process.exit(1);
});
if (lab && settings.startDelayMs > 0) setTimeout(listen, settings.startDelayMs);
else listen();

function listen(): void {
  server.listen(settings.port, settings.host, BACKLOG, () => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : settings.port;
    console.log(`${settings.id}: listening on ${settings.host}:${port}`);
  });
}

/** The public contract of a replica. Answers are made once: this server is also what the balancer's speed is measured against. */
function contract(id: string): RequestListener {
  const home = Buffer.from(JSON.stringify({ message: `Hello from Server: ${id}`, status: 'successful' }));
  const homeHead = ['Content-Type', 'application/json', 'Content-Length', String(home.length)];
  const notFound = Buffer.from(JSON.stringify({ message: '<Error> Not found', status: 'failure' }));
  const notFoundHead = ['Content-Type', 'application/json', 'Content-Length', String(notFound.length)];
  return (request, response) => {
    const path = pathOf(request.url ?? '/');
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && path === '/home') response.writeHead(200, homeHead).end(home);
    else if (reads && path === '/heartbeat') response.writeHead(200, ['Content-Length', '0']).end();
    else response.writeHead(404, notFoundHead).end(notFound);
  };
}

/** Prints a line per request when asked to; otherwise costs nothing. */
function logged(listener: RequestListener): RequestListener {
  if (!settings.logRequests) return listener;
  return (request, response) => {
    response.on('close', () => console.log(`${request.method} ${request.url} ${response.statusCode}`));
    listener(request, response);
  };
}

function pathOf(target: string): string {
  const query = target.indexOf('?');
  return query < 0 ? target : target.slice(0, query);
}

function settingsOrExit(): Settings {
  const result = readSettings(process.env);
  if (result.ok) return result.settings;
  console.error(result.problems.join('\n'));
  process.exit(2);
}
