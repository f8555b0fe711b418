import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const instanceRecord = z.object({
  id: z.string(),
  fleet: z.string(),
  name: z.string(),
  seat: z.int(),
  pid: z.int().min(2),
  /** Boot and start time of the process: pid numbers come round again, this does not. */
  identity: z.string(),
  port: z.int().min(1).max(65_535),
  origin: z.string(),
  startedAt: z.number(),
});

/** What a balancer must know to find its replica processes again after its own death. */
export type InstanceRecord = z.infer<typeof instanceRecord>;

const SUFFIX = '.json';

/** One small file an instance. Writing is atomic; a file that cannot be read is as good as none. */
export class RecordFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  create(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  write(record: InstanceRecord): void {
    const path = this.#path(record.id);
    writeFileSync(`${path}.tmp`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
  }

  /** The records of one fleet. */
  readAll(fleet: string): readonly InstanceRecord[] {
    return this.#files()
      .map((file) => readRecord(join(this.#folder, file)))
      .filter((record) => record !== null)
      .filter((record) => record.fleet === fleet);
  }

  /** Removes the record and what the process printed. */
  remove(id: string): void {
    for (const path of [this.#path(id), this.logPath(id, 'stdout'), this.logPath(id, 'stderr')]) {
      rmSync(path, { force: true });
    }
  }

  logPath(id: string, stream: 'stdout' | 'stderr'): string {
    return join(this.#folder, `${id}.${stream}`);
  }

  #path(id: string): string {
    return join(this.#folder, id + SUFFIX);
  }

  #files(): readonly string[] {
    try {
      return readdirSync(this.#folder).filter((file) => file.endsWith(SUFFIX));
    } catch {
      return [];
    }
  }
}

function readRecord(path: string): InstanceRecord | null {
  try {
    return instanceRecord.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
