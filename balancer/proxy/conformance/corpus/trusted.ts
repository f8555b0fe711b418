import { family, forwarded, HOST, message, type RequestCase, type Row, sent } from '../case.ts';

function get(...lines: readonly string[]): string {
  return message('GET /t HTTP/1.1', HOST, ...lines);
}

function gets(fields: Readonly<Record<string, string | RegExp | null>>) {
  return forwarded(sent('GET', '/t', { fields }));
}

const CLAIM = ['X-Forwarded-For: 10.0.0.1', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: www.example'];

// biome-ignore format: one row a line
const rows: readonly Row[] = [
  { id: 'appended', about: 'what a trusted proxy says is added to', steps: get(...CLAIM), promised: gets({ 'x-forwarded-for': '10.0.0.1, 127.0.0.1', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'www.example' }) },
  { id: 'two-lines', about: 'two lines of a chain stay in order', steps: get('X-Forwarded-For: 10.0.0.1', 'X-A: b', 'X-Forwarded-For: 10.0.0.2'), promised: gets({ 'x-forwarded-for': '10.0.0.1, 10.0.0.2, 127.0.0.1' }) },
  { id: 'silent', about: 'a trusted proxy that says nothing', steps: get(), promised: gets({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'a.example' }) },
  { id: 'forwarded', about: 'its Forwarded is added to', rfc: '7239 4', steps: get('Forwarded: for=10.0.0.1'), promised: gets({ forwarded: 'for=10.0.0.1, for=127.0.0.1;proto=http' }) },
  { id: 'named', about: 'Connection takes nothing of it away', rfc: '9110 7.6.1', steps: get('Connection: X-Forwarded-For', ...CLAIM), promised: gets({ 'x-forwarded-for': '10.0.0.1, 127.0.0.1' }) },
];

/** What reaches the replica when the client is one of the trusted proxies. */
export const TRUSTED_CASES: readonly RequestCase[] = family('trusted', '7239 8.1', rows);
