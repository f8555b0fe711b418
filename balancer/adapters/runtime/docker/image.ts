import { RuntimeError } from '../../../core/runtime-error.ts';
import type { Engine } from './engine.ts';
import { statusOf } from './engine-error.ts';

const PULL_LIMIT_MS = 600_000;

export async function hasImage(engine: Engine, image: string, signal: AbortSignal): Promise<boolean> {
  try {
    await engine.call(`looking for ${image}`, signal, (abortSignal) =>
      engine.request('GET', `/images/${encodeURI(image)}/json`, abortSignal),
    );
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** Pulls an image unless it is there. Rejects with `image-missing` when it cannot be had. */
export async function ensureImage(engine: Engine, image: string, signal: AbortSignal): Promise<void> {
  if (await hasImage(engine, image, signal)) return;
  try {
    await pullImage(engine, image, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RuntimeError && error.code === 'unreachable') throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('image-missing', `The image ${image} is neither here nor can it be pulled: ${why}`, {
      cause: error,
    });
  }
}

export async function pullImage(engine: Engine, image: string, signal: AbortSignal): Promise<void> {
  await engine.call(
    `pulling ${image}`,
    signal,
    async (abortSignal) => followProgress(engine, await engine.docker.pull(image, { abortSignal })),
    PULL_LIMIT_MS,
  );
}

/** Builds and pulls answer 200 and tell of their failure in the stream. */
export function followProgress(engine: Engine, stream: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.on('error', reject);
    engine.docker.modem.followProgress(stream, (error: Error | null, output: readonly { error?: string }[]) => {
      const failed = output?.find((message) => message?.error !== undefined);
      if (error !== null) reject(error);
      else if (failed?.error !== undefined) reject(new Error(failed.error));
      else resolve();
    });
  });
}
