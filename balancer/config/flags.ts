import type { Flag } from './flag.ts';
import { LIMIT_FLAGS } from './limit-flags.ts';
import { TLS_FLAGS } from './tls-flags.ts';

/** Every flag there is, in the order of the help. */
export const FLAGS = [
  {
    name: 'host',
    group: 'Listening',
    value: 'ADDRESS',
    fallback: '127.0.0.1',
    help: 'address to listen on; 0.0.0.0 for all',
  },
  { name: 'port', group: 'Listening', value: 'PORT', fallback: '5000', help: 'port to listen on; 0 picks a free one' },
  { name: 'workers', group: 'Listening', value: 'N', fallback: 'half the cores', help: 'threads that serve traffic' },
  {
    name: 'trusted-proxies',
    group: 'Listening',
    value: 'CIDR,…',
    fallback: 'none',
    help: 'clients whose X-Forwarded-* are kept and appended to',
    repeats: true,
  },
  ...TLS_FLAGS,

  {
    name: 'runtime',
    group: 'Replicas',
    value: 'KIND',
    fallback: 'auto',
    help: 'auto, process, docker or static; auto: docker if an Engine answers and the image is there or can be built, else process',
  },
  {
    name: 'replicas',
    group: 'Replicas',
    value: 'N',
    fallback: '3',
    help: 'replicas of a first start; later ones go on with what ran',
  },
  {
    name: 'upstreams',
    group: 'Replicas',
    value: 'HOST:PORT,…',
    fallback: 'none',
    help: 'fixed addresses to balance over; implies --runtime static',
    repeats: true,
  },
  {
    name: 'image',
    group: 'Replicas',
    value: 'IMAGE',
    fallback: 'the sample server',
    help: 'Docker image of a replica; implies --runtime docker',
  },
  { name: 'image-port', group: 'Replicas', value: 'PORT', fallback: '5000', help: 'port the image listens on' },
  {
    name: 'command',
    group: 'Replicas',
    value: 'COMMAND',
    fallback: 'the sample server',
    help: 'command line of a replica, given PORT and SERVER_ID; implies --runtime process',
  },
  {
    name: 'env',
    group: 'Replicas',
    value: 'K=V',
    fallback: 'none',
    help: 'environment of replicas; repeatable',
    repeats: true,
  },

  {
    name: 'health-path',
    group: 'Health',
    value: 'PATH',
    fallback: '/heartbeat',
    help: 'asked by probes; 2xx and 3xx are good',
  },
  {
    name: 'health-interval',
    group: 'Health',
    value: 'TIME',
    fallback: '500ms',
    help: 'between two probes of a healthy replica',
  },
  {
    name: 'health-timeout',
    group: 'Health',
    value: 'TIME',
    fallback: '2250ms',
    help: 'a probe without an answer has failed; it counts together with the later ones that have none either',
  },
  {
    name: 'health-rise',
    group: 'Health',
    value: 'N',
    fallback: '2',
    help: 'passes in a row that bring a failed replica back',
  },
  {
    name: 'health-fall',
    group: 'Health',
    value: 'N',
    fallback: '3',
    help: 'failures in a row that take a replica out',
  },
  {
    name: 'start-timeout',
    group: 'Health',
    value: 'TIME',
    fallback: '30s',
    help: 'a new replica must be healthy by then',
  },
  {
    name: 'replace-after',
    group: 'Health',
    value: 'TIME',
    fallback: '10s',
    help: 'a replica that runs but answers wrongly is replaced after this time; a hung one at once',
  },
  {
    name: 'eject-after',
    group: 'Health',
    value: 'N',
    fallback: '5',
    help: 'failing answers in a row that eject a replica',
  },
  {
    name: 'eject-time',
    group: 'Health',
    value: 'TIME',
    fallback: '10s',
    help: 'a first ejection; the n-th is n times as long, 30 s at most',
  },

  {
    name: 'key',
    group: 'Routing',
    value: 'KEY',
    fallback: 'request',
    help: 'request (no key, even walk), ip, path, header:NAME, cookie:NAME or query:NAME',
  },
  {
    name: 'placement',
    group: 'Routing',
    value: 'NAME',
    fallback: 'balanced',
    help: 'balanced, hashed, classic-linear or classic-quadratic',
  },
  {
    name: 'slot-function',
    group: 'Routing',
    value: 'NAME',
    fallback: 'by placement',
    help: 'murmur3, or classic: H(i) of a random request id',
  },
  {
    name: 'contract-errors',
    group: 'Routing',
    value: 'WHEN',
    fallback: 'auto',
    help: "on, off or auto: turn a replica's 404 to a GET into the contract's 400; auto: with the sample server only",
  },
  {
    name: 'max-attempts',
    group: 'Routing',
    value: 'N',
    fallback: '3',
    help: 'tries for one request, where repeating is safe',
  },
  {
    name: 'retry-ratio',
    group: 'Routing',
    value: 'RATIO',
    fallback: '0.2',
    help: 'retries per request at most, over all',
  },

  ...LIMIT_FLAGS,
  {
    name: 'docker-network',
    group: 'Docker',
    value: 'NAME',
    fallback: 'net1',
    help: 'network of the replicas; made when missing',
  },
  { name: 'docker-memory', group: 'Docker', value: 'SIZE', fallback: '0', help: 'memory limit of a replica; 0: none' },
  {
    name: 'docker-cpus',
    group: 'Docker',
    value: 'N',
    fallback: '0',
    help: 'CPU limit of a replica, may be 0.5; 0: none',
  },

  {
    name: 'admin-token',
    group: 'Admin',
    value: 'TOKEN',
    fallback: 'none',
    help: 'bearer token for changing calls; better given as RINGMASTER_ADMIN_TOKEN',
  },
  {
    name: 'admin-open',
    group: 'Admin',
    value: null,
    fallback: 'off',
    help: 'allow changing calls without a token beyond loopback; without this and a token they are refused there',
  },
  {
    name: 'allowed-hosts',
    group: 'Admin',
    value: 'NAME,…',
    fallback: 'none',
    help: 'host names for the API beside localhost, addresses and single-label names',
    repeats: true,
  },

  {
    name: 'state',
    group: 'Life',
    value: 'DIR',
    fallback: '.ringmaster/PORT',
    help: 'where fleet, ring and events are kept',
  },
  {
    name: 'runs',
    group: 'Life',
    value: 'DIR',
    fallback: 'runs in --state, else .ringmaster/runs',
    help: 'where experiments and loads are kept',
  },
  {
    name: 'on-exit',
    group: 'Life',
    value: 'WHAT',
    fallback: 'remove',
    help: 'remove the replicas on SIGTERM, or keep them to be adopted by the next start',
  },
  {
    name: 'drain-timeout',
    group: 'Life',
    value: 'TIME',
    fallback: '30s',
    help: 'for requests in flight when a replica leaves or the balancer stops',
  },
  { name: 'stop-grace', group: 'Life', value: 'TIME', fallback: '10s', help: 'from SIGTERM to SIGKILL of a replica' },
  { name: 'log-level', group: 'Life', value: 'LEVEL', fallback: 'info', help: 'debug, info, warn, error or silent' },
  {
    name: 'log-format',
    group: 'Life',
    value: 'FORMAT',
    fallback: 'text',
    help: 'text for people, json for collectors',
  },
  { name: 'help', group: 'Life', value: null, fallback: 'off', help: 'show this' },
  { name: 'version', group: 'Life', value: null, fallback: 'off', help: 'show the version' },
] as const satisfies readonly Flag[];

export type FlagName = (typeof FLAGS)[number]['name'];

export function environmentName(flag: string): string {
  return `RINGMASTER_${flag.toUpperCase().replaceAll('-', '_')}`;
}
