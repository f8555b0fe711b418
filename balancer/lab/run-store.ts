import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Run, type RunHead, run, runHead } from '../../lib/lab/run.ts';

/** Older ones are forgotten. */
const MAX_RUNS = 300;

/** What runs have found: a JSON file each, whole or not at all. Several balancers may share a folder. */
export class RunStore {
  readonly #folder: string;
  /** Files never change once they are there. */
  readonly #heads = new Map<string, RunHead>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async save(finished: Run): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const path = this.#path(finished.id);
    await writeFile(`${path}.part`, `${JSON.stringify(finished)}\n`);
    await rename(`${path}.part`, path);
    const ids = await this.#ids();
    for (const id of ids.slice(MAX_RUNS)) await this.remove(id);
  }

  /** Newest first. What cannot be read is passed over. */
  async list(): Promise<RunHead[]> {
    const heads = await Promise.all((await this.#ids()).map((id) => this.#head(id)));
    return heads.filter((head) => head !== null);
  }

  /** Null when there is none, or when it cannot be read. */
  async read(id: string): Promise<Run | null> {
    if (!runHead.shape.id.safeParse(id).success) return null;
    const text = await readFile(this.#path(id), 'utf8').catch(() => null);
    if (text === null) return null;
    const parsed = run.safeParse(parseJson(text));
    return parsed.success ? parsed.data : null;
  }

  /** False when there is none. */
  async remove(id: string): Promise<boolean> {
    if (!runHead.shape.id.safeParse(id).success) return false;
    this.#heads.delete(id);
    return rm(this.#path(id)).then(
      () => true,
      () => false,
    );
  }

  async #head(id: string): Promise<RunHead | null> {
    const known = this.#heads.get(id);
    if (known) return known;
    const found = await this.read(id);
    if (!found) return null;
    const head = runHead.parse(found);
    this.#heads.set(id, head);
    return head;
  }

  async #ids(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    return ids.sort().reverse();
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
