import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { MAX_REPLICAS, MAX_SEAT, PLACEMENTS, SLOT_COUNT } from '../../../lib/ring/types.ts';

const seat = z.int().min(1).max(MAX_SEAT);

/** The saved fleet, checked as strictly as anything from outside: half a ring is worse than none. */
export const fleetRecord = z
  .object({
    ring: z.object({
      epoch: z.int().min(0),
      placement: z.enum(PLACEMENTS),
      seed: z.int(),
      members: z.array(z.object({ name: z.string(), seat })).max(MAX_REPLICAS),
      owner: z.array(z.int().min(0).max(MAX_SEAT)).length(SLOT_COUNT),
      virtualNodes: z.array(
        z.object({
          slot: z
            .int()
            .min(0)
            .max(SLOT_COUNT - 1),
          seat,
        }),
      ),
    }),
    drained: z.array(z.string()),
  })
  .refine(({ ring }) => {
    const seats = new Set(ring.members.map((member) => member.seat));
    return seats.size === ring.members.length && ring.owner.every((owner) => seats.has(owner));
  }, 'a slot has an owner that is no member');

/**
 * WAL survives a SIGKILL without an fsync for each event. The lock is held until the process ends, however it does: two
 * balancers over one fleet would replace each other's replicas. In one transaction, which writes each page once and not
 * for each table. `user_version` is for migrations to come.
 */
export function prepareTables(database: DatabaseSync): void {
  database.exec(`
    PRAGMA busy_timeout = 1000;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    BEGIN;
    CREATE TABLE IF NOT EXISTS fleet (id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL, checksum TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS events (
      id INTEGER PRIMARY KEY AUTOINCREMENT, boot TEXT NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL, replica TEXT, event TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS events_by_time ON events (at);
    CREATE INDEX IF NOT EXISTS events_by_replica ON events (replica, id);
    CREATE TABLE IF NOT EXISTS incidents (id TEXT PRIMARY KEY, at REAL NOT NULL, incident TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS incidents_by_time ON incidents (at);
    CREATE TABLE IF NOT EXISTS previous_logs (replica TEXT PRIMARY KEY, log TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS samples (step INTEGER NOT NULL, at INTEGER NOT NULL, sample TEXT NOT NULL, PRIMARY KEY (step, at)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS alert_settings (id INTEGER PRIMARY KEY CHECK (id = 1), settings TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS alerts (id TEXT PRIMARY KEY, state TEXT NOT NULL, at REAL NOT NULL, alert TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS alerts_by_time ON alerts (state, at);
    CREATE TABLE IF NOT EXISTS deliveries (
      number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, delivery TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (state, number);
    CREATE TABLE IF NOT EXISTS timeline (
      id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, beginning INTEGER NOT NULL, entry TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS timeline_beginnings ON timeline (at) WHERE beginning = 1;
    PRAGMA user_version = 1;
    COMMIT;
  `);
}
