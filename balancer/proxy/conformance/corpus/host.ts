import { family, forwarded, HOST, message, type Outcome, type RequestCase, type Row, refused, sent } from '../case.ts';

const BAD = refused(400);

/** Host lines that name no host, or more than one. */
const BROKEN: readonly (readonly [id: string, lines: readonly string[], alsoSafe?: Outcome])[] = [
  ['missing', []],
  ['twice-same', [HOST, HOST]],
  ['twice-other', [HOST, 'Host: b.example']],
  ['twice-other-case', [HOST, 'host: b.example']],
  ['twice-apart', [HOST, 'X-A: b', 'X-C: d', 'HOST: b.example']],
  ['twice-one-empty', [HOST, 'Host:']],
  ['three', [HOST, HOST, HOST]],
  ['space-before-colon', ['Host : a.example']],
  ['tab-before-colon', ['Host\t: a.example']],
  ['leading-space', [' Host: a.example']],
  ['leading-space-second', [HOST, ' Host: b.example']],
  ['folded', ['Host:\r\n a.example'], forwarded(sent('GET', '/t'))],
  ['folded-behind', [`${HOST}\r\n b.example`]],
  ['space-inside', ['Host: a.example b.example']],
  ['tab-inside', ['Host: a.example\tb.example']],
  ['comma-space', ['Host: a.example, b.example']],
  ['slash', ['Host: a.example/b']],
  ['backslash', ['Host: a.example\\b']],
  ['question-mark', ['Host: a.example?b']],
  ['hash', ['Host: a.example#b']],
  ['user', ['Host: user@a.example']],
  ['url', ['Host: http://a.example']],
  ['two-ports', ['Host: a.example:80:80']],
  ['port-word', ['Host: a.example:http']],
  ['port-minus', ['Host: a.example:-80']],
  ['port-plus', ['Host: a.example:+80']],
  ['bracket-open', ['Host: [::1']],
  ['bracket-close', ['Host: ::1]']],
  ['bracket-word', ['Host: [a.example]']],
  ['bracket-behind', ['Host: [::1]x']],
  ['angle', ['Host: <a.example>']],
  ['quotes', ['Host: "a.example"']],
  ['braces', ['Host: {a}']],
  ['caret', ['Host: a^b']],
  ['pipe', ['Host: a|b']],
  ['nul', ['Host: a.example\0']],
  ['nul-inside', ['Host: a\0.example']],
  ['bare-cr', ['Host: a.example\rX: y']],
  ['bare-lf', ['Host: a.example\nX: y'], forwarded(sent('GET', '/t'))],
  ['delete', ['Host: a.example\x7f']],
  ['control', ['Host: a\x01.example']],
  ['utf-8', ['Host: \xc3\xa9.example']],
];

/** Host values that are right, or nearly: passed on as they are. */
// biome-ignore format: a table of words reads better in rows
const VALID: readonly (readonly [id: string, host: string, odd?: 'odd'])[] = [
  ['plain', 'a.example'], ['port', 'a.example:8080'], ['single-label', 'web'], ['address', '127.0.0.1'], ['ipv6', '[::1]'],
  ['ipv6-port', '[::1]:8080'], ['upper-case', 'A.EXAMPLE'], ['underscore', 'a_b.example'], ['final-dot', 'a.example.'],
  ['empty', '', 'odd'], ['empty-port', 'a.example:', 'odd'], ['port-too-big', 'a.example:99999', 'odd'], ['percent', 'a%41.example', 'odd'],
  ['comma', 'a,b', 'odd'], ['long', 'a'.repeat(300), 'odd'], ['port-only', ':80', 'odd'], ['sub-delims', "a!$&'()*+;=b", 'odd'],
];

// biome-ignore format: one row a line
const hosts: readonly Row[] = [
  ...BROKEN.map(([id, lines, alsoSafe]) => ({
    id,
    about: lines.length === 0 ? 'no Host' : JSON.stringify(lines.join(' + ')),
    steps: message('GET /t HTTP/1.1', ...lines),
    promised: BAD,
    ...(alsoSafe === undefined ? {} : { alsoSafe }),
  })),
  ...VALID.map(([id, host, odd]) => ({
    id: `valid-${id}`,
    about: JSON.stringify(host),
    steps: message('GET /t HTTP/1.1', `Host: ${host}`),
    promised: [forwarded(sent('GET', '/t', { host: [host] })), ...(odd === undefined ? [] : [BAD])],
    alsoSafe: forwarded(sent('GET', '/t', { host: [host, host.toLowerCase(), host.replace(/:\d*$/, ''), 'localhost', 'fallback'] })),
  })),
  { id: 'valid-no-space', about: 'no space behind the colon', steps: message('GET /t HTTP/1.1', 'host:a.example'), promised: forwarded(sent('GET', '/t', { host: ['a.example'] })) },
  { id: 'http-10-missing', about: 'HTTP/1.0 without Host', steps: message('GET /t HTTP/1.0'), promised: forwarded(sent('GET', '/t')), alsoSafe: refused(400) },
  { id: 'http-10-twice', about: 'HTTP/1.0 with two', steps: message('GET /t HTTP/1.0', HOST, 'Host: b.example'), promised: BAD },
];

function toA(target: string): Outcome {
  return forwarded(sent('GET', target, { host: ['a.example', 'a.example:80', 'A.EXAMPLE'] }));
}

// biome-ignore format: one row a line
const absolute: readonly Row[] = [
  { id: 'agrees', about: 'a target that agrees with Host', steps: message('GET http://a.example/t?x=y HTTP/1.1', HOST), promised: toA('/t?x=y') },
  { id: 'no-path', about: 'no path', steps: message('GET http://a.example HTTP/1.1', HOST), promised: toA('/') },
  { id: 'query-no-path', about: 'a query without a path', steps: message('GET http://a.example?x=y HTTP/1.1', HOST), promised: [toA('/?x=y'), BAD] },
  { id: 'case', about: 'host in another case', steps: message('GET http://A.EXAMPLE/t HTTP/1.1', HOST), promised: [toA('/t'), BAD] },
  { id: 'scheme-case', about: 'scheme in upper case', steps: message('GET HTTP://a.example/t HTTP/1.1', HOST), promised: [toA('/t'), BAD] },
  { id: 'default-port', about: 'the default port on one side', steps: message('GET http://a.example:80/t HTTP/1.1', HOST), promised: [toA('/t'), BAD] },
  { id: 'https', about: 'https', steps: message('GET https://a.example/t HTTP/1.1', HOST), promised: [toA('/t'), refused(400, 421)] },
  { id: 'options-no-path', about: 'OPTIONS for the server as a whole', steps: message('OPTIONS http://a.example HTTP/1.1', HOST), promised: [forwarded(sent('OPTIONS', '*')), forwarded(sent('OPTIONS', '/')), refused(400, 405, 501)] },
  { id: 'http-10', about: 'HTTP/1.0 without Host', steps: message('GET http://a.example/t HTTP/1.0'), promised: [toA('/t'), BAD] },
  { id: 'post', about: 'a POST', steps: `${message('POST http://a.example/t HTTP/1.1', HOST, 'Content-Length: 5')}hello`, promised: forwarded(sent('POST', '/t', { host: ['a.example'], body: 'hello' })) },
  { id: 'disagrees', about: 'a target that disagrees with Host', steps: message('GET http://b.example/t HTTP/1.1', HOST), promised: BAD, alsoSafe: forwarded(sent('GET', '/t', { host: ['b.example'] })) },
  { id: 'disagrees-port', about: 'another port than Host has', steps: message('GET http://a.example:8080/t HTTP/1.1', HOST), promised: BAD, alsoSafe: forwarded(sent('GET', '/t', { host: ['a.example:8080', 'a.example'] })) },
  { id: 'no-host', about: 'no Host in HTTP/1.1', steps: message('GET http://a.example/t HTTP/1.1'), promised: BAD },
  { id: 'empty-host', about: 'an empty Host', steps: message('GET http://a.example/t HTTP/1.1', 'Host:'), promised: [BAD, toA('/t')] },
  { id: 'two-hosts', about: 'two Hosts', steps: message('GET http://a.example/t HTTP/1.1', HOST, 'Host: b.example'), promised: BAD },
  { id: 'user', about: 'a user in the target', steps: message('GET http://user@a.example/t HTTP/1.1', HOST), promised: BAD },
  { id: 'user-looks-like-host', about: 'a user that looks like the host', steps: message('GET http://a.example@b.example/t HTTP/1.1', HOST), promised: BAD },
  { id: 'no-authority', about: 'no authority', steps: message('GET http:///t HTTP/1.1', HOST), promised: BAD },
  { id: 'one-slash', about: 'one slash', steps: message('GET http:/a.example/t HTTP/1.1', HOST), promised: BAD },
  { id: 'no-slash', about: 'no slash', steps: message('GET http:a.example/t HTTP/1.1', HOST), promised: BAD },
  { id: 'scheme-only', about: 'a scheme alone', steps: message('GET http:// HTTP/1.1', HOST), promised: BAD },
  { id: 'relative-scheme', about: 'a network path', steps: message('GET //b.example/t HTTP/1.1', HOST), promised: [forwarded(sent('GET', '//b.example/t', { host: ['a.example'] })), BAD] },
  { id: 'ftp', about: 'another scheme', steps: message('GET ftp://a.example/t HTTP/1.1', HOST), promised: BAD },
  { id: 'file', about: 'a file', steps: message('GET file:///etc/passwd HTTP/1.1', HOST), promised: BAD },
  { id: 'websocket', about: 'ws:', steps: message('GET ws://a.example/t HTTP/1.1', HOST), promised: BAD },
  { id: 'port-too-big', about: 'a port that is none', steps: message('GET http://a.example:99999/t HTTP/1.1', 'Host: a.example:99999'), promised: [BAD, forwarded(sent('GET', '/t', { host: ['a.example:99999'] }))] },
  { id: 'port-word', about: 'a port in letters', steps: message('GET http://a.example:http/t HTTP/1.1', HOST), promised: BAD },
  { id: 'fragment', about: 'a fragment', steps: message('GET http://a.example/t#part HTTP/1.1', HOST), promised: BAD },
  { id: 'backslashes', about: 'backslashes', steps: message('GET http:\\\\a.example\\t HTTP/1.1', HOST), promised: BAD },
  { id: 'backslash-host', about: 'a backslash that ends the host for some', steps: message('GET http://a.example\\@b.example/t HTTP/1.1', HOST), promised: BAD },
];

export const HOST_CASES: readonly RequestCase[] = [
  ...family('host', '9112 3.2', hosts),
  ...family('absolute', '9112 3.2.2', absolute),
];
