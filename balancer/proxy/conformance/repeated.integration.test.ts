import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOST, message } from './case.ts';
import { startClient } from './client.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { readAnswers } from './strict-answer.ts';
import type { Target } from './target.ts';

const COUNT = 6;
let target: Target;
beforeAll(async () => {
  target = await startRingmaster();
});
afterAll(() => target.stop());

const ANSWERS: readonly (readonly [about: string, answer: string, body: string])[] = [
  [
    'a length',
    `${message('HTTP/1.1 200 OK', 'Date: Tue, 15 Nov 1994 08:12:31 GMT', 'Content-Length: 5')}hello`,
    'hello',
  ],
  ['no date', `${message('HTTP/1.1 200 OK', 'Content-Length: 5')}hello`, 'hello'],
  ['chunks', `${message('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`, 'hello'],
  ['nothing', message('HTTP/1.1 204 No Content'), ''],
];
const ASKING = ['', 'Connection: x-general\r\n'].flatMap((line) => ANSWERS.map((answer) => [...answer, line] as const));

test.each(ASKING)(
  'the same answer with %s, again and again, is each time the whole answer',
  async (_, answer, body, line) => {
    target.replica.begin({ steps: [answer] });
    const request = `GET /t HTTP/1.1\r\n${HOST}\r\n${line}\r\n`;
    const client = await startClient(target.port, [request.repeat(COUNT)]);
    const read = () => readAnswers(client.sighting().bytes, Array(COUNT).fill('GET'), client.sighting().closed);
    while (read().answers.length < COUNT && !client.sighting().closed) await client.change(1_000);
    client.destroy();
    expect(read().answers.map((one) => one.body)).toEqual(Array(COUNT).fill(body));
    expect(read()).toMatchObject({ end: 'clean', rest: '' });
  },
);
