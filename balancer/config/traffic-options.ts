import type { Certificate, TrafficOptions } from '../core/traffic.ts';
import type { Flags } from './config.ts';

/** A replica that is not ours means what it says with a 404. */
function rewritesErrors(flags: Flags): boolean {
  if (flags['contract-errors'] !== 'auto') return flags['contract-errors'] === 'on';
  return flags.image === undefined && flags.command === undefined && flags.upstreams.length === 0;
}

/** What the data path is told. */
export function trafficOptions(
  flags: Flags,
  adminSocket: string,
  certificates: readonly Certificate[] = [],
): TrafficOptions {
  const classic = flags.placement.startsWith('classic');
  return {
    host: flags.host,
    port: flags.port,
    workers: flags.workers,
    ...(certificates.length === 0 ? {} : { tls: { port: flags['tls-port'], certificates } }),
    http2: flags.http2 === 'on',
    key: flags.key,
    slotFunction: flags['slot-function'] ?? (classic ? 'classic' : 'murmur3'),
    balanceFactor: flags['hash-balance-factor'] / 100,
    via: flags.via ?? '',
    contractErrors: rewritesErrors(flags),
    adminSocket,
    trustedProxies: flags['trusted-proxies'],
    connectTimeoutMs: flags['connect-timeout'],
    responseTimeoutMs: flags['response-timeout'],
    bodyIdleTimeoutMs: flags['body-idle-timeout'],
    headerTimeoutMs: flags['header-timeout'],
    keepAliveTimeoutMs: flags['keep-alive-timeout'],
    maxHeaderBytes: flags['max-header-bytes'],
    maxHeaderCount: flags['max-header-count'],
    maxTargetBytes: flags['max-target-bytes'],
    maxBodyBytes: flags['max-body-bytes'],
    maxConnections: flags['max-connections'],
    maxConnectionsPerClient: flags['max-connections-per-client'],
    maxRequestsPerConnection: flags['max-requests-per-connection'],
    minBytesPerSecond: flags['min-bytes-per-second'],
    maxUpstreamConnections: flags['max-upstream-connections'],
    queueTimeoutMs: flags['queue-timeout'],
    maxAttempts: flags['max-attempts'],
    retryRatio: flags['retry-ratio'],
  };
}
