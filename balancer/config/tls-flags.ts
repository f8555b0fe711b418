import type { Flag } from './flag.ts';

/** What clients may speak beside HTTP/1.1 in clear text. */
export const TLS_FLAGS = [
  {
    name: 'tls-cert',
    group: 'Listening',
    value: 'FILE',
    fallback: 'none',
    help: 'certificate chain (PEM): serves TLS on --tls-port as well; repeatable, chosen by server name (SNI); reloaded when the file changes',
    repeats: true,
  },
  {
    name: 'tls-key',
    group: 'Listening',
    value: 'FILE',
    fallback: 'none',
    help: 'private key (PEM) of each --tls-cert, in the same order',
    repeats: true,
  },
  {
    name: 'tls-port',
    group: 'Listening',
    value: 'PORT',
    fallback: '5443',
    help: 'port for TLS clients, where there are certificates; 0 picks a free one',
  },
  {
    name: 'http2',
    group: 'Listening',
    value: 'WHEN',
    fallback: 'on',
    help: 'on or off: HTTP/2 beside HTTP/1.1, over TLS (ALPN) and in clear text (prior knowledge)',
  },
] as const satisfies readonly Flag[];
