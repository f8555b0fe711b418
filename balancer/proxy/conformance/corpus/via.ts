import { type AnswerCase, answerFamily, delivered } from '../answer-case.ts';
import { family, forwarded, HOST, message, type RequestCase, type Row, sent } from '../case.ts';

/** The name that the target is given. */
export const VIA_NAME = 'balancer.example:80';

function gets(via: string, target = '/t') {
  return forwarded(sent('GET', target, { fields: { via } }));
}

function get(...lines: readonly string[]): string {
  return message('GET /t HTTP/1.1', HOST, ...lines);
}

// biome-ignore format: one row a line
const requests: readonly Row[] = [
  { id: 'added', about: 'our own name', steps: get(), promised: gets(`1.1 ${VIA_NAME}`) },
  { id: 'behind', about: 'our own name behind those that came', steps: get('Via: 1.0 fred, 1.1 p.example'), promised: gets(`1.0 fred, 1.1 p.example, 1.1 ${VIA_NAME}`) },
  { id: 'version', about: 'the version that the client speaks', steps: message('GET /t HTTP/1.0', HOST), promised: gets(`1.0 ${VIA_NAME}`) },
];

const hello = (...lines: readonly string[]) => `${message('HTTP/1.1 200 OK', ...lines, 'Content-Length: 5')}hello`;

// biome-ignore format: one row a line
const answers = [
  { id: 'answer-added', about: 'our own name in an answer', answer: hello(), promised: delivered(200, 'hello', { via: `1.1 ${VIA_NAME}` }), mayReuse: true },
  { id: 'answer-behind', about: 'our own name behind that of another', answer: hello('Via: 1.1 x'), promised: delivered(200, 'hello', { via: `1.1 x, 1.1 ${VIA_NAME}` }), mayReuse: true },
];

/** What arrives where Via is asked for. */
export const VIA_REQUESTS: readonly RequestCase[] = family('via-on', '9110 7.6.3', requests);
export const VIA_ANSWERS: readonly AnswerCase[] = answerFamily('via-on', '9110 7.6.3', answers);
