import { type FSWatcher, watch } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../core/ports.ts';
import type { Certificate } from '../../core/traffic.ts';
import { type CertificateFiles, type CertificateReading, readCertificates } from './read-certificates.ts';

/** Certificate and key are written one after the other: wait until it is quiet. */
const QUIET_MS = 200;
/** What is still wrong after this long is wrong. */
const PATIENCE_MS = 2_000;
/** Looked at without being told, for file systems that tell nothing. */
const POLL_MS = 60_000;

export interface CertificateWatchOptions {
  readonly files: readonly CertificateFiles[];
  readonly clock: Clock;
  /** What is in use when the watch begins. */
  readonly current: readonly Certificate[];
  /** Other certificates are there, and good. */
  readonly onChange: (certificates: readonly Certificate[], warnings: readonly string[]) => void;
  /** The files are no good now: what is in use stays. Told once for each thing that is wrong. */
  readonly onProblems: (problems: readonly string[]) => void;
}

function fingerprint(certificates: readonly Certificate[]): string {
  return certificates.map(({ chain, key }) => chain + key).join();
}

/**
 * Watches the folders, not the files: renewals put a new file or a new symbolic link in an old one's place (certbot,
 * Kubernetes), and a watched file would be the old one for ever.
 */
export class CertificateWatch {
  readonly #options: CertificateWatchOptions;
  readonly #stop = new AbortController();
  #watchers: FSWatcher[] = [];
  #used: string;
  #told = '';
  #wake = Promise.withResolvers<void>();
  readonly #running: Promise<void>;

  constructor(options: CertificateWatchOptions) {
    this.#options = options;
    this.#used = fingerprint(options.current);
    this.#running = this.#run(options.clock);
  }

  async #run(clock: Clock): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      // Reading follows watching, so that no change falls between them.
      await this.#watchFolders();
      await this.#settle(clock, signal);
      const poll = new AbortController();
      const waited = clock.sleep(POLL_MS, AbortSignal.any([signal, poll.signal])).catch(() => undefined);
      await Promise.race([this.#wake.promise, waited]);
      poll.abort(new Error('something has changed'));
    }
    this.#unwatch();
  }

  async #watchFolders(): Promise<void> {
    this.#unwatch();
    this.#wake = Promise.withResolvers<void>();
    const paths = this.#options.files.flatMap(({ cert, key }) => [cert, key]);
    const real = await Promise.all(paths.map((path) => realpath(path).catch(() => path)));
    for (const folder of new Set([...paths, ...real].map((path) => dirname(path)))) this.#watchFolder(folder);
    if (this.#stop.signal.aborted) this.#unwatch();
  }

  #watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#wake.resolve());
      watcher.on('error', () => watcher.close());
      this.#watchers.push(watcher);
    } catch {
      // It is not there, or cannot be watched: looking now and then has to do.
    }
  }

  #unwatch(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }

  /** Reads until the files are good, or have had time enough to be. */
  async #settle(clock: Clock, signal: AbortSignal): Promise<void> {
    const until = clock.now() + PATIENCE_MS;
    for (;;) {
      await clock.sleep(QUIET_MS, signal).catch(() => undefined);
      if (signal.aborted) return;
      const reading = await readCertificates(this.#options.files, clock.wallTime());
      if (reading.kind === 'problems' && clock.now() < until) continue;
      this.#take(reading);
      return;
    }
  }

  #take(reading: CertificateReading): void {
    if (reading.kind === 'problems') {
      const text = reading.problems.join();
      if (text !== this.#told) this.#options.onProblems(reading.problems);
      this.#told = text;
      return;
    }
    this.#told = '';
    const print = fingerprint(reading.certificates);
    if (print === this.#used) return;
    this.#used = print;
    this.#options.onChange(reading.certificates, reading.warnings);
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error('the balancer is stopping'));
    this.#unwatch();
    await this.#running;
  }
}
