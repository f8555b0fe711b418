import type { Instance, InstanceState } from '../../../core/ports.ts';
import type { InstanceRecord, RecordFolder } from './instance-record.ts';
import { LogFiles } from './log-files.ts';

/** One replica process as this runtime knows it. */
export class ProcessInstance {
  record: InstanceRecord;
  state: InstanceState;
  readonly logs: LogFiles;
  /** Resolves when the process has ended. A restart sets a new one. */
  exited: Promise<void> = Promise.resolve();
  /** True while the operating system tells us of the end itself: we are the parent. */
  ownChild = false;
  /** True between the stop and the start of a restart: the end of the process is no news then. */
  restarting = false;
  #resolveExited: () => void = () => {};

  constructor(record: InstanceRecord, folder: RecordFolder) {
    this.record = record;
    this.state = 'exited';
    this.logs = new LogFiles({
      stdout: folder.logPath(record.id, 'stdout'),
      stderr: folder.logPath(record.id, 'stderr'),
    });
  }

  begin(state: 'running' | 'paused', ownChild: boolean): void {
    this.state = state;
    this.ownChild = ownChild;
    this.exited = new Promise((resolve) => {
      this.#resolveExited = resolve;
    });
  }

  /** False when that was known already. */
  end(): boolean {
    if (this.state === 'exited') return false;
    this.state = 'exited';
    this.#resolveExited();
    return true;
  }

  /** Sends a signal to the process and all it started; nothing happens when they are gone. */
  signal(name: NodeJS.Signals): void {
    const { pid } = this.record;
    // kill(2): -1 is every process there is.
    if (pid <= 1) return;
    try {
      // A replica leads its own process group; Windows has none.
      process.kill(process.platform === 'win32' ? pid : -pid, name);
    } catch {
      // There is nobody left to send it to.
    }
  }

  view(): Instance {
    const { id, name, seat, port, origin, pid, startedAt } = this.record;
    const address = { host: '127.0.0.1', port };
    return { id, name, seat, address, state: this.state, standby: false, origin, pid, startedAt };
  }
}
