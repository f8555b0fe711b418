import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RuntimeError } from '../../../core/runtime-error.ts';
import type { Engine } from './engine.ts';
import { followProgress, hasImage, pullImage } from './image.ts';

const BUILD_LIMIT_MS = 300_000;
const BASE = 'node:24-slim';
const folder = fileURLToPath(new URL('../../../../server/', import.meta.url));

/**
 * The image of the sample replica, named after its sources: another version of them is another image, so that a
 * stale one is never run.
 */
export function sampleImage(): string {
  const hash = createHash('sha256');
  for (const file of sourceFiles()) hash.update(`${file}\0`).update(readFileSync(folder + file));
  return `ringmaster-server:${hash.digest('hex').slice(0, 12)}`;
}

/** Builds it from `server/` unless it is there. Rejects with `image-missing` and what can be done about it. */
export async function ensureSampleImage(engine: Engine, image: string, signal: AbortSignal): Promise<void> {
  if (await hasImage(engine, image, signal)) return;
  if (!(await hasImage(engine, BASE, signal))) await pullBase(engine, signal);
  await engine.call(`building ${image}`, signal, (abortSignal) => build(engine, image, abortSignal), BUILD_LIMIT_MS);
}

async function pullBase(engine: Engine, signal: AbortSignal): Promise<void> {
  try {
    await pullImage(engine, BASE, signal);
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    const message = `The sample replica's base image ${BASE} is missing (${why}); scripts/docker/base-image.sh makes one without a registry, or give --image`;
    throw new RuntimeError('image-missing', message, { cause: error });
  }
}

async function build(engine: Engine, image: string, abortSignal: AbortSignal): Promise<void> {
  const latest = 'ringmaster-server:latest';
  const context = { context: folder, src: [...sourceFiles()] };
  const stream = await engine.docker.buildImage(context, {
    t: image,
    buildargs: { BASE },
    labels: { 'ringmaster.sample': '1' },
    abortSignal,
  });
  await followProgress(engine, stream).catch((error: Error) => {
    throw new RuntimeError('image-missing', `${image} cannot be built: ${error.message}`, { cause: error });
  });
  const [repo, tag] = latest.split(':');
  await engine.docker.getImage(image).tag({ repo: repo ?? '', tag: tag ?? '' });
}

function sourceFiles(): readonly string[] {
  const isSource = (file: string): boolean => file.endsWith('.ts') && !file.endsWith('.test.ts');
  return readdirSync(folder)
    .filter((file) => isSource(file) || file === 'package.json' || file === 'Dockerfile')
    .sort();
}
