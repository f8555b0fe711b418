import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HttpProbe } from '../adapters/probe/http-probe.ts';
import { until } from './contender.ts';

const PROBE_MS = 500;
const probe = new HttpProbe({ path: '/heartbeat' });

/** Runs the docker command. Its own start takes 30 ms: what is timed goes to the Engine directly. */
export async function docker(...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)('docker', [...args])).stdout.trim();
}

export async function isHealthy(host: string, port: number): Promise<boolean> {
  return (await probe.probe({ host, port }, PROBE_MS, new AbortController().signal)).ok;
}

export async function untilHealthy(host: string, port: number): Promise<void> {
  const healthy = await until(async () => (await isHealthy(host, port)) || null, 30_000);
  if (healthy === null) throw new Error(`${host}:${port} did not become healthy`);
}
