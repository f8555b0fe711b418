/** Real workers in front of real servers, for tests and benchmarks. */
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SLOT_COUNT } from '#lib/ring/types.ts';
import type { RoutingSnapshot, SeatRoute } from '../../core/snapshot.ts';
import type { ListeningPlane, TrafficOptions } from '../../core/traffic.ts';
import { startTrafficPlane } from '../plane.ts';

export const TRAFFIC: TrafficOptions = {
  host: '127.0.0.1',
  port: 0,
  workers: 1,
  key: { kind: 'request' },
  slotFunction: 'murmur3',
  contractErrors: false,
  adminSocket: join(tmpdir(), 'ringmaster-nobody.sock'),
  trustedProxies: [],
  connectTimeoutMs: 1000,
  responseTimeoutMs: 10_000,
  bodyIdleTimeoutMs: 10_000,
  headerTimeoutMs: 10_000,
  keepAliveTimeoutMs: 10_000,
  maxHeaderBytes: 32_768,
  maxHeaderCount: 100,
  maxTargetBytes: 8192,
  maxBodyBytes: 0,
  maxAttempts: 3,
  retryRatio: 0.2,
};

export function seatRoute(seat: number, port: number, available = true): SeatRoute {
  return { seat, name: `S${seat}`, instanceId: `instance-${seat}-${port}`, host: '127.0.0.1', port, available };
}

/** Seats take turns on the slots; each slot's understudies are the seats that follow. */
export function snapshotOf(seats: readonly SeatRoute[], version = 1): RoutingSnapshot {
  const depth = Math.max(1, seats.length);
  const candidates = new Uint8Array(SLOT_COUNT * depth);
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    for (let rank = 0; rank < seats.length; rank++) {
      candidates[slot * depth + rank] = seats[(slot + rank) % seats.length]?.seat ?? 0;
    }
  }
  return { version, candidates, depth, seats };
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A plane in front of these ports; a dead port gets its seat like a living one. */
export async function planeFor(
  ports: readonly number[],
  options: Partial<TrafficOptions> = {},
): Promise<ListeningPlane> {
  const plane = await startTrafficPlane({ ...TRAFFIC, ...options });
  plane.publish(snapshotOf(ports.map((port, i) => seatRoute(i + 1, port))));
  return plane;
}
