import type { Flag } from './flag.ts';

/** What one request or one client may cost. */
export const LIMIT_FLAGS = [
  { name: 'connect-timeout', group: 'Limits', value: 'TIME', fallback: '1s', help: 'to connect to a replica' },
  {
    name: 'response-timeout',
    group: 'Limits',
    value: 'TIME',
    fallback: '60s',
    help: 'to the first byte of the answer',
  },
  { name: 'body-idle-timeout', group: 'Limits', value: 'TIME', fallback: '60s', help: 'between two bytes of a body' },
  {
    name: 'header-timeout',
    group: 'Limits',
    value: 'TIME',
    fallback: '10s',
    help: 'for a client to send its header section',
  },
  { name: 'keep-alive-timeout', group: 'Limits', value: 'TIME', fallback: '65s', help: 'of an idle client connection' },
  { name: 'max-header-bytes', group: 'Limits', value: 'SIZE', fallback: '16k', help: 'of a header section' },
  { name: 'max-header-count', group: 'Limits', value: 'N', fallback: '100', help: 'fields in a header section' },
  { name: 'max-target-bytes', group: 'Limits', value: 'SIZE', fallback: '8k', help: 'of path and query' },
  { name: 'max-body-bytes', group: 'Limits', value: 'SIZE', fallback: '0', help: 'of a request body; 0: no limit' },
  {
    name: 'max-connections',
    group: 'Limits',
    value: 'N',
    fallback: '20000',
    help: 'client connections in all; those beyond hear 503; 0: no limit',
  },
  {
    name: 'max-connections-per-client',
    group: 'Limits',
    value: 'N',
    fallback: '0',
    help: 'client connections of one address; 0: no limit',
  },
  {
    name: 'max-requests-per-connection',
    group: 'Limits',
    value: 'N',
    fallback: '0',
    help: 'after which a client connection is closed; 0: no limit',
  },
  {
    name: 'min-bytes-per-second',
    group: 'Limits',
    value: 'N',
    fallback: '100',
    help: 'a client that sends or takes a body slower than this is cut; 0: any pace will do',
  },
  {
    name: 'max-upstream-connections',
    group: 'Limits',
    value: 'N',
    fallback: '4096',
    help: 'connections to one replica; requests beyond wait for their turn; 0: no limit',
  },
  {
    name: 'queue-timeout',
    group: 'Limits',
    value: 'TIME',
    fallback: '10s',
    help: 'for a request to wait for a connection to a replica, after which it hears 503; 0: any time',
  },
] as const satisfies readonly Flag[];
