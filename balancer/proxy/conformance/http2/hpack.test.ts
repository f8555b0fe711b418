import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { type Field, integer } from './frames.ts';
import { DEFAULT_TABLE_BYTES, HpackReader } from './hpack.ts';
import { HpackWriter } from './hpack-writer.ts';
import { fromHuffman, huffman } from './huffman.ts';

const fromHex = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1');
const reader = () => new HpackReader(DEFAULT_TABLE_BYTES);

const REQUEST: readonly Field[] = [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':path', '/'],
  [':authority', 'www.example.com'],
];

test('the requests of RFC 7541, appendix C.4, are read, each with the table of the one before', () => {
  const hpack = reader();
  expect(hpack.read(fromHex('8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff'))).toEqual(REQUEST);
  expect(hpack.read(fromHex('8286 84be 5886 a8eb 1064 9cbf'))).toEqual([...REQUEST, ['cache-control', 'no-cache']]);
  expect(hpack.read(fromHex('8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf'))).toEqual([
    [':method', 'GET'],
    [':scheme', 'https'],
    [':path', '/index.html'],
    [':authority', 'www.example.com'],
    ['custom-key', 'custom-value'],
  ]);
});

test('the answers of RFC 7541, appendix C.6, are read, which put entries out of a table of 256 bytes', () => {
  const hpack = reader();
  const first =
    '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3';
  const fields = (status: string): Field[] => [
    [':status', status],
    ['cache-control', 'private'],
    ['date', 'Mon, 21 Oct 2013 20:13:21 GMT'],
    ['location', 'https://www.example.com'],
  ];
  expect(hpack.read(integer(256, 5, 0x20) + fromHex(first))).toEqual(fields('302'));
  expect(hpack.read(fromHex('4883 640e ffc1 c0bf'))).toEqual(fields('307'));
  // `:status: 302` was put out.
  expect(hpack.read('\xc2')).toEqual('no entry 66');
});

test('every byte comes back from its Huffman code', () => {
  const all = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
  expect(fromHuffman(huffman(all))).toBe(all);
});

test.each([
  ['padding of more than 7 bits', '\x1f\xff\xff'],
  ['padding that is not of ones', '\x18'],
  ['EOS', '\xff\xff\xff\xff'],
])('%s is no Huffman code', (_, bytes) => {
  expect(fromHuffman(bytes)).toBeUndefined();
});

test.each([
  ['the index 0', '\x80'],
  ['an index beyond the table', '\xbe'],
  ['a number without an end', `\x7f${'\xff'.repeat(12)}`],
  ['a string longer than its block', '\0\x01x\x05abc'],
  ['a block that ends in a field', '\0\x01x'],
  ['a table larger than allowed', '\x3f\xff\xff\x03'],
  ['a change of the table behind a field', '\x82\x20'],
])('%s is refused', (_, block) => {
  expect(reader().read(block)).toEqual(expect.any(String));
});

test('whatever way a block is written, the same fields are read', () => {
  const random = createRandom(7);
  const [writer, hpack] = [new HpackWriter(random), reader()];
  const fields: readonly Field[] = [...REQUEST, ['x-a', '1'], ['x-long', 'v'.repeat(300)], ['cookie', '\xff\0']];
  for (let i = 0; i < 300; i++) expect(hpack.read(writer.block(fields))).toEqual(fields);
});
