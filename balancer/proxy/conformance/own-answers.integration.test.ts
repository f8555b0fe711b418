import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOST, message } from './case.ts';
import { startClient } from './client.ts';
import type { Script } from './recording-replica.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { END } from './steps.ts';
import { readAnswers } from './strict-answer.ts';
import { valuesOf } from './strict-bytes.ts';
import type { Target } from './target.ts';

let target: Target;
beforeAll(async () => {
  target = await startRingmaster();
});
afterAll(() => target.stop());

async function answerTo(request: string, script?: Script) {
  target.replica.begin(script);
  const client = await startClient(target.port, [request]);
  const method = request.slice(0, request.indexOf(' '));
  const read = () => readAnswers(client.sighting().bytes, [method], client.sighting().closed).answers[0];
  while (read() === undefined && !client.sighting().closed) await client.change(1_000);
  client.destroy();
  const answer = read();
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

const get = (...lines: readonly string[]) => message('GET /t HTTP/1.1', ...lines);
const REFUSED: readonly (readonly [status: number, request: string])[] = [
  [400, get()],
  [400, 'GET\r\n\r\n'],
  [400, get(HOST, 'Connection: x-general', 'X : y')],
  [408, `GET /t HTTP/1.1\r\n${HOST}\r\n`],
  [414, message(`GET /${'x'.repeat(20_000)} HTTP/1.1`, HOST)],
  [431, get(HOST, `X: ${'x'.repeat(60_000)}`)],
  [417, get(HOST, 'Expect: x')],
  [501, message('CONNECT a.example:443 HTTP/1.1', HOST)],
  [505, message('GET /t HTTP/2.0', HOST)],
];

describe('a refusal says what is wrong, in the shape of the contract, and nothing of what is behind the proxy', () => {
  test.each(REFUSED)('%i to %.40j', async (status, request) => {
    const answer = await answerTo(request);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ message: expect.stringMatching(/^<Error> /), status: 'failure' });
    expect(valuesOf(answer.fields, 'content-type').join()).toContain('application/json');
    expect(valuesOf(answer.fields, 'server')).toEqual([]);
    expect(answer.body).not.toMatch(/127\.0\.0\.1|node:|at .*:\d+/);
  });
});

test('an answer to HEAD has no body, whoever gives it', async () => {
  const answer = await answerTo(message('HEAD /t HTTP/1.1', HOST), { steps: [END] });
  expect(answer).toMatchObject({ status: 502, body: '' });
});

test.each(['', 'Connection: x-general\r\n'])('a replica that fails is not shown to the client (%j)', async (line) => {
  const answer = await answerTo(`GET /t HTTP/1.1\r\n${HOST}\r\n${line}\r\n`, { steps: ['nonsense\r\n\r\n', END] });
  expect(answer.status).toBe(502);
  expect(JSON.parse(answer.body)).toEqual({ message: expect.stringMatching(/^<Error> /), status: 'failure' });
  expect(answer.body).not.toMatch(/127\.0\.0\.1|nonsense/);
});
