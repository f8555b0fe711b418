import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrafficOptions } from '../../core/traffic.ts';
import { startTrafficPlane } from '../plane.ts';
import { startRecordingReplica } from './recording-replica.ts';
import { HEADER_TIMEOUT_MS, IDLE_TIMEOUT_MS, type Target } from './target.ts';

const SEAT = 1;
const SLOTS = 512;

function optionsFor(adminSocket: string): TrafficOptions {
  return {
    host: '127.0.0.1',
    port: 0,
    workers: 1,
    key: { kind: 'request' },
    slotFunction: 'murmur3',
    contractErrors: false,
    adminSocket,
    trustedProxies: [],
    connectTimeoutMs: 1_000,
    responseTimeoutMs: 1_000,
    bodyIdleTimeoutMs: IDLE_TIMEOUT_MS,
    headerTimeoutMs: HEADER_TIMEOUT_MS,
    keepAliveTimeoutMs: IDLE_TIMEOUT_MS,
    maxHeaderBytes: 32 * 1024,
    maxHeaderCount: 200,
    maxTargetBytes: 16 * 1024,
    maxBodyBytes: 0,
    maxAttempts: 3,
    retryRatio: 1,
  };
}

/** Our own traffic plane, one worker, one replica. What would reach the control plane goes to a second recording replica. */
export async function startRingmaster(changes: Partial<TrafficOptions> = {}): Promise<Target> {
  const socket = join(tmpdir(), `ringmaster-${randomUUID()}.sock`);
  const replica = await startRecordingReplica();
  const admin = await startRecordingReplica(socket);
  const plane = await startTrafficPlane({ ...optionsFor(socket), ...changes });
  plane.publish({
    version: 1,
    candidates: new Uint8Array(SLOTS).fill(SEAT),
    depth: 1,
    seats: [
      {
        seat: SEAT,
        name: 'replica',
        instanceId: 'one',
        host: '127.0.0.1',
        port: Number(replica.address),
        available: true,
      },
    ],
  });
  return {
    name: 'Ringmaster',
    port: plane.port,
    replica,
    stop: async () => {
      await plane.stop(0);
      await Promise.all([replica.stop(), admin.stop()]);
      await rm(socket, { force: true });
    },
  };
}
