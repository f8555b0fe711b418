/** The proxies of npm, each set up as its own documentation says: `node package-contender.ts NAME PORT…`. Prints its port. */
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import replyFrom from '@fastify/reply-from';
import fastify from 'fastify';
import httpProxy from 'http-proxy';

const [name = '', ...ports] = process.argv.slice(2);
const bases = ports.map((port) => `http://127.0.0.1:${port}`);
let turn = 0;
const nextBase = () => bases[turn++ % bases.length] ?? '';

function serve(listener: RequestListener): void {
  const server = createServer(listener);
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
}

async function serveReplyFrom(): Promise<void> {
  const app = fastify();
  await app.register(replyFrom, { undici: { connections: 256, pipelining: 1 } });
  // Any body goes through unread; fastify itself knows JSON and text only.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.all('/*', (request, reply) => reply.from(nextBase() + request.url));
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  process.stdout.write(`${new URL(address).port}\n`);
}

function serveFastProxy(): void {
  // It has no usable types.
  const fastProxy = createRequire(import.meta.url)('fast-proxy') as (options: object) => {
    proxy: (request: unknown, response: unknown, url: string, options: object) => void;
  };
  const proxies = bases.map((base) => fastProxy({ base, undici: { connections: 256, pipelining: 1 } }));
  serve((request, response) => proxies[turn++ % proxies.length]?.proxy(request, response, request.url ?? '/', {}));
}

function serveHttpProxy(): void {
  const { Agent } = createRequire(import.meta.url)('node:http') as typeof import('node:http');
  const proxy = httpProxy.createProxyServer({ agent: new Agent({ keepAlive: true, maxSockets: 256 }) });
  proxy.on('error', (_error, _request, response) => response.destroy());
  serve((request, response) => proxy.web(request, response, { target: nextBase() }));
}

switch (name) {
  case 'fast-proxy':
    serveFastProxy();
    break;
  case 'reply-from':
    await serveReplyFrom();
    break;
  case 'http-proxy':
    serveHttpProxy();
    break;
  default:
    throw new Error(`no proxy is called "${name}"`);
}
