/** What has no meaning in HTTP/2: a request with one of these is malformed, and no answer may have one (RFC 9113, 8.2.2). */
export const HTTP2_TAKES_NO: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);
