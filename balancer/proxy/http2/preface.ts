/** What every client of HTTP/2 sends first (RFC 9113, 3.4). */
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** Do these first bytes of a connection begin HTTP/2? `undecided`: they may, when more of them has come. */
export function looksLikeHttp2(text: string): boolean | 'undecided' {
  if (text.startsWith(PREFACE)) return true;
  return PREFACE.startsWith(text) ? 'undecided' : false;
}
