import { expect, test } from 'vitest';
import { certificateFor } from './server-names.ts';

const CERTIFICATES = [
  { chain: 'first', key: '', names: ['a.example', '127.0.0.1'] },
  { chain: 'wild', key: '', names: ['*.b.example'] },
  { chain: 'exact', key: '', names: ['x.b.example', 'b.example'] },
];

test.each([
  ['a.example', 'first'],
  ['A.EXAMPLE', 'first'],
  ['a.example.', 'first'],
  ['y.b.example', 'wild'],
  ['x.b.example', 'exact'],
  ['b.example', 'exact'],
  ['z.y.b.example', 'first'],
  ['unknown.example', 'first'],
  ['', 'first'],
])('a client that asks for "%s" is shown the certificate "%s"', (name, chain) => {
  expect(certificateFor(name, CERTIFICATES)?.chain).toBe(chain);
});
