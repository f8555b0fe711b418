import { createHash } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  type HistoryQuery,
  type PreviousLog,
  previousLog,
  type StoredEvent,
  storedEvent,
} from '../../../lib/api/admin.ts';
import type { LifecycleEvent } from '../../../lib/api/events.ts';
import { SAMPLE_STEPS, type Sample } from '../../../lib/api/samples.ts';
import { type IncidentView, incidentView } from '../../../lib/api/state.ts';
import { type Log, messageOf } from '../../core/log.ts';
import {
  EVENT_RETENTION,
  type FleetRecord,
  INCIDENT_RETENTION,
  isBeginning,
  type LoadedFleet,
  type SampleRange,
  type Store,
  TIMELINE_KEPT_MS,
  TIMELINE_RETENTION,
  type TimelineEntry,
  type TimelineRange,
} from '../../core/store.ts';
import { eventSelection } from './event-query.ts';
import { parsed } from './parsed.ts';
import { packSample, unpackSample } from './sample-row.ts';
import { fleetRecord, prepareTables } from './schema.ts';
import { SqliteAlertStore } from './sqlite-alert-store.ts';
import { causeOf } from './sqlite-error.ts';
import { timelineEntry } from './timeline-row.ts';

const FILE = 'ringmaster.db';
/** Rows beyond the retention are dropped once in so many events. */
const PRUNE_EVERY = 500;
const PRUNE_SAMPLES_EVERY = 60;
const FLUSH_AFTER_MS = 50;

function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    prepareTables(database);
    const [check] = database.prepare('PRAGMA quick_check').all();
    if (check?.['quick_check'] !== 'ok') throw new Error(`quick_check: ${String(check?.['quick_check'])}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function moveAside(path: string, wallTime: number): string {
  const aside = `${path}.damaged-${wallTime}`;
  renameSync(path, aside);
  for (const suffix of ['-wal', '-shm']) {
    try {
      renameSync(path + suffix, aside + suffix);
    } catch {
      // There is not always one.
    }
  }
  return aside;
}

/** A node:sqlite file in the state directory. A file that cannot be read is moved aside, never overwritten. */
export class SqliteStore implements Store {
  readonly alerts: SqliteAlertStore;
  readonly #log: Log;
  /** Events kept. */
  readonly #retention: number;
  #database: DatabaseSync | null;
  #damage: string | null = null;
  #appended = 0;
  #sampled = 0;
  #complained = false;
  #waiting: ((database: DatabaseSync) => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `wallTime` names the file that is moved aside. Throws when the directory cannot be made or written to, or is full. */
  constructor(directory: string, log: Log, wallTime: number, retention = EVENT_RETENTION) {
    this.#retention = retention;
    this.#log = log;
    mkdirSync(directory, { recursive: true });
    const path = join(directory, FILE);
    try {
      this.#database = openDatabase(path);
    } catch (error) {
      if (causeOf(error) === 'locked') {
        throw new Error(`another balancer uses the state directory ${directory}`, { cause: error });
      }
      if (causeOf(error) === 'no-room') throw error;
      const aside = moveAside(path, wallTime);
      this.#damage = `the state file was damaged (${messageOf(error)}) and moved to ${aside}`;
      log.error({ file: aside }, this.#damage);
      this.#database = openDatabase(path);
    }
    this.alerts = new SqliteAlertStore({
      later: (write) => this.#later(write),
      run: (sql, ...values) => this.#run(sql, ...values),
      all: (sql, ...values) => this.#try(() => this.#all(sql, ...values)) ?? [],
    });
  }

  loadFleet(): LoadedFleet {
    if (this.#damage !== null) return { kind: 'damaged', detail: this.#damage };
    const row = this.#try(() => this.#all('SELECT record, checksum FROM fleet')[0]) ?? null;
    if (row === null) return { kind: 'empty' };
    const text = String(row['record']);
    try {
      if (checksumOf(text) !== row['checksum']) throw new Error('its checksum is wrong');
      return { kind: 'found', record: fleetRecord.parse(JSON.parse(text)) };
    } catch (error) {
      this.#try(() => this.#run('DELETE FROM fleet'));
      return { kind: 'damaged', detail: `the saved fleet cannot be read (${messageOf(error)})` };
    }
  }

  saveFleet(record: FleetRecord): { ok: true } | { ok: false; reason: string } {
    try {
      if (record.ring.members.length === 0) this.#run('DELETE FROM fleet');
      else {
        const text = JSON.stringify(record);
        this.#run('INSERT OR REPLACE INTO fleet (id, record, checksum) VALUES (1, ?, ?)', text, checksumOf(text));
      }
      const names = JSON.stringify(record.ring.members.map(({ name }) => name));
      this.#later((database) => {
        const sql = 'DELETE FROM previous_logs WHERE replica NOT IN (SELECT value FROM json_each(?))';
        database.prepare(sql).run(names);
      });
      return { ok: true };
    } catch (error) {
      return { ok: false, reason: messageOf(error) };
    }
  }

  appendEvent(bootId: string, event: LifecycleEvent): void {
    this.#later((database) => {
      const sql = 'INSERT INTO events (boot, at, kind, replica, event) VALUES (?, ?, ?, ?, ?)';
      database.prepare(sql).run(bootId, event.at, event.kind, event.replica, JSON.stringify(event));
      if (++this.#appended % PRUNE_EVERY !== 0) return;
      database.prepare('DELETE FROM events WHERE id <= (SELECT MAX(id) FROM events) - ?').run(this.#retention);
    });
  }

  events(query: HistoryQuery): readonly StoredEvent[] {
    const { sql, values, isBackwards } = eventSelection(query);
    const rows = this.#try(() => this.#all(sql, ...values)) ?? [];
    const events = rows.flatMap((row) => {
      const event = JSON.parse(String(row['event'])) as object;
      const stored = storedEvent.safeParse({ ...event, id: row['id'], bootId: row['boot'] });
      return stored.success ? [stored.data] : [];
    });
    return isBackwards ? events.reverse() : events;
  }

  saveIncident(incident: IncidentView): void {
    this.#later((database) => {
      const sql = 'INSERT OR REPLACE INTO incidents (id, at, incident) VALUES (?, ?, ?)';
      database.prepare(sql).run(incident.id, incident.at, JSON.stringify(incident));
    });
  }

  incidents(limit: number, to = Number.MAX_SAFE_INTEGER): readonly IncidentView[] {
    const sql = 'SELECT incident FROM incidents WHERE at <= ? ORDER BY at DESC, rowid DESC LIMIT ?';
    const rows = this.#try(() => this.#all(sql, to, limit)) ?? [];
    return rows.flatMap((row) => parsed(incidentView, row['incident']));
  }

  savePreviousLog(replica: string, log: PreviousLog): void {
    this.#later((database) => {
      const sql = 'INSERT OR REPLACE INTO previous_logs (replica, log) VALUES (?, ?)';
      database.prepare(sql).run(replica, JSON.stringify(log));
    });
  }

  previousLog(replica: string): PreviousLog | null {
    const rows = this.#try(() => this.#all('SELECT log FROM previous_logs WHERE replica = ?', replica)) ?? [];
    return rows.flatMap((row) => parsed(previousLog, row['log']))[0] ?? null;
  }

  appendSample(stepMs: number, sample: Sample): void {
    this.#later((database) => {
      const sql = 'INSERT OR REPLACE INTO samples (step, at, sample) VALUES (?, ?, ?)';
      database.prepare(sql).run(stepMs, sample.at, packSample(sample));
      if (++this.#sampled % PRUNE_SAMPLES_EVERY !== 0) return;
      for (const step of SAMPLE_STEPS) {
        database.prepare('DELETE FROM samples WHERE step = ? AND at <= ?').run(step.stepMs, sample.at - step.keptMs);
      }
    });
  }

  lastSampleAt(stepMs: number): number | null {
    const [row] = this.#try(() => this.#all('SELECT MAX(at) AS last FROM samples WHERE step = ?', stepMs)) ?? [];
    return typeof row?.['last'] === 'number' ? row['last'] : null;
  }

  samples({ stepMs, from, to }: SampleRange): readonly Sample[] {
    const sql = 'SELECT at, sample FROM samples WHERE step = ? AND at >= ? AND at < ? ORDER BY at';
    const rows = this.#try(() => this.#all(sql, stepMs, from, to)) ?? [];
    return rows.flatMap((row) => unpackSample(Number(row['at']), String(row['sample'])) ?? []);
  }

  appendTimeline(entry: TimelineEntry): void {
    this.#later((database) => {
      const beginning = isBeginning(entry);
      const sql = 'INSERT INTO timeline (at, beginning, entry) VALUES (?, ?, ?)';
      const { lastInsertRowid } = database.prepare(sql).run(entry.at, beginning ? 1 : 0, JSON.stringify(entry));
      if (!beginning) return;
      const prune =
        'DELETE FROM timeline WHERE id < (SELECT MAX(id) FROM timeline WHERE beginning = 1 AND (at <= ? OR id <= ?))';
      database.prepare(prune).run(entry.at - TIMELINE_KEPT_MS, Number(lastInsertRowid) - TIMELINE_RETENTION);
    });
  }

  timeline({ from, to, limit }: TimelineRange): readonly TimelineEntry[] {
    const sql = `SELECT entry FROM timeline WHERE at <= ? AND id >= COALESCE(
      (SELECT MAX(id) FROM timeline WHERE beginning = 1 AND at <= ?), 0) ORDER BY id LIMIT ?`;
    const rows = this.#try(() => this.#all(sql, to, from, limit)) ?? [];
    return rows.flatMap((row) => parsed(timelineEntry, row['entry']));
  }

  close(): void {
    this.#flush();
    this.#try(() => {
      const sql = 'DELETE FROM incidents WHERE at < (SELECT at FROM incidents ORDER BY at DESC LIMIT 1 OFFSET ?)';
      this.#run(sql, INCIDENT_RETENTION);
      this.alerts.prune();
    });
    this.#database?.close();
    this.#database = null;
  }

  /** Recovery must not wait for a disk: records are written a moment later, many in one transaction. */
  #later(write: (database: DatabaseSync) => void): void {
    if (this.#database === null) return;
    this.#waiting.push(write);
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_AFTER_MS).unref();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const database = this.#database;
    const writes = this.#waiting.splice(0);
    if (database === null || writes.length === 0) return;
    this.#try(() => {
      database.exec('BEGIN');
      try {
        for (const write of writes) write(database);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#database?.prepare(sql).run(...values);
  }

  #all(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
    this.#flush();
    return this.#database?.prepare(sql).all(...values) ?? [];
  }

  /** A full disk costs history, not requests; it is said once, not with each event. */
  #try<T>(task: () => T): T | undefined {
    try {
      return task();
    } catch (error) {
      if (!this.#complained) this.#log.error({ error: messageOf(error) }, 'the state file cannot be used');
      this.#complained = true;
      return undefined;
    }
  }
}
