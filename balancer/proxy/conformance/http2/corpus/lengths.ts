import { wait } from '../../steps.ts';
import { data, type Field, headers, OPENING, PREFACE, settings } from '../frames.ts';
import { bad, ends, get, http2Family, MALFORMED, midway, post, pseudo, served } from '../http2-case.ts';

export const LENGTHS = http2Family('h2-length', '9113 8.1.1', [
  ...(
    [
      ['short', '9', 'body'],
      ['long', '2', 'body'],
      ['zero', '0', 'body'],
    ] as const
  ).map(([id, length, body]) => ({
    id,
    about: `a length of ${length} for ${body.length} bytes`,
    steps: post([['content-length', length]], body),
    promised: midway(MALFORMED),
  })),
  {
    id: 'long-later',
    about: 'more than its length, once that has come',
    steps: [
      OPENING + headers(1, [...pseudo('POST'), ['content-length', '4']], 0) + data(1, 'body', 0),
      wait(30),
      data(1, 'x'),
    ],
    promised: midway(MALFORMED),
  },
  {
    id: 'trailers-later',
    about: 'trailers that are malformed, once the length has come',
    steps: [
      OPENING + headers(1, [...pseudo('POST'), ['content-length', '4']], 0) + data(1, 'body', 0),
      wait(30),
      headers(1, [[':path', '/y']]),
    ],
    promised: midway(MALFORMED),
  },
  bad('headers-only', 'a length without a body', get(['content-length', '4'])),
  ...(
    [
      ['word', 'four'],
      ['plus', '+4'],
      ['minus', '-4'],
      ['hex', '0x4'],
      ['list', '4, 4'],
      ['decimal', '4.0'],
      ['empty', ''],
      ['huge', '99999999999999999999'],
    ] as const
  ).map(([id, length]) => ({
    ...bad(id, `the length ${JSON.stringify(length)}`, post([['content-length', length]], 'body')),
    promised: midway(MALFORMED),
  })),
  {
    ...bad(
      'twice',
      'the same length twice',
      post(
        [
          ['content-length', '4'],
          ['content-length', '4'],
        ],
        'body',
      ),
    ),
    promised: midway(MALFORMED),
  },
  {
    ...bad(
      'two',
      'two lengths',
      post(
        [
          ['content-length', '4'],
          ['content-length', '40'],
        ],
        'body',
      ),
    ),
    promised: midway(MALFORMED),
  },
]);

export const LIMITS = http2Family('h2-limit', '9110 5.4', [
  {
    id: 'count',
    about: '201 fields',
    steps: get(...Array.from({ length: 201 }, (_, i): Field => [`x-${i}`, '1'])),
    promised: [ends(1, 431), ends(1, 'reset')],
  },
  {
    id: 'expectation',
    about: 'an expectation nobody knows',
    rfc: '9110 10.1.1',
    steps: get(['expect', 'a miracle']),
    promised: [ends(1, 417)],
  },
  {
    id: 'max-forwards',
    about: 'OPTIONS that may go no further',
    rfc: '9110 7.6.2',
    steps: headers(1, [...pseudo('OPTIONS'), ['max-forwards', '0']]),
    promised: [ends(1, 204)],
  },
  {
    id: 'preface-only',
    about: 'nothing but the preface',
    rfc: '9113 3.4',
    steps: [PREFACE + settings()],
    promised: [{ ...served(), connection: 'closed' }],
  },
]);
