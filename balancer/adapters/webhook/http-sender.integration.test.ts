import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { SendRequest } from '../../core/alerts/delivery.ts';
import { HttpSender } from './http-sender.ts';

const sender = new HttpSender();
const never = new AbortController().signal;
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=1`;
}

function request(url: string, change: Partial<SendRequest> = {}): SendRequest {
  return {
    url,
    secret: null,
    mayReachLinkLocal: false,
    id: 'd1',
    timestamp: 1_700_000_000,
    body: '{"a":"é"}',
    ...change,
  };
}

test('it posts JSON that a receiver can check with the secret', async () => {
  let seen: { method?: string; url?: string; headers: IncomingHttpHeaders; body: string } | undefined;
  const url = await serve((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    incoming.on('end', () => {
      seen = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
      response.writeHead(204).end();
    });
  });
  const result = await sender.send(request(url, { secret: 'a long secret' }), 2_000, never);
  expect(result).toEqual({ kind: 'answered', status: 204, retryAfterMs: null });
  expect(seen).toMatchObject({ method: 'POST', url: '/hook?a=1', body: '{"a":"é"}' });
  expect(seen?.headers['content-type']).toBe('application/json');
  const expected = createHmac('sha256', 'a long secret').update('d1.1700000000.{"a":"é"}').digest('base64');
  expect(seen?.headers['webhook-signature']).toBe(`v1,${expected}`);
});

test('the signature is that of the Standard Webhooks specification', async () => {
  // The specification's own example.
  const { signatureOf } = await import('./signature.ts');
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const signature = signatureOf(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}');
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('an answer of whatever kind is an answer, and redirects are not followed', async () => {
  const url = await serve((incoming, response) => {
    if (incoming.url === '/elsewhere') response.writeHead(200).end();
    else response.writeHead(307, { location: '/elsewhere', 'retry-after': '7' }).end('x'.repeat(1_000_000));
  });
  expect(await sender.send(request(url), 2_000, never)).toEqual({ kind: 'answered', status: 307, retryAfterMs: 7_000 });
});

test('a receiver that does not answer in time is given up', async () => {
  const url = await serve(() => undefined);
  const result = await sender.send(request(url), 200, never);
  expect(result).toEqual({ kind: 'unanswered', reason: 'no answer within 0.2 s' });
});

test('a body that never ends does not hold it up, nor does it change the status', async () => {
  const url = await serve((_, response) => void response.writeHead(200).write('…'));
  expect(await sender.send(request(url), 300, never)).toMatchObject({ status: 200 });
});

test('nobody there is said', async () => {
  const url = await serve(() => undefined);
  server?.close();
  expect(await sender.send(request(url), 2_000, never)).toEqual({ kind: 'unanswered', reason: 'connect ECONNREFUSED' });
});

test.each([
  'http://169.254.169.254/latest/meta-data',
  'http://2852039166/',
  'http://[fe80::1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[fd00:ec2::254]/',
])('%s is not called', async (url) => {
  expect(await sender.send(request(url), 2_000, never)).toMatchObject({ kind: 'forbidden' });
});
