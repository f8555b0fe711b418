import type { SQLInputValue } from 'node:sqlite';
import { BALANCER_ACTOR, type EventSubject, type HistoryQuery } from '../../../lib/api/admin.ts';

/** `isAbout` in SQL. */
const ABOUT: Readonly<Record<EventSubject, string>> = {
  alerts: "(kind GLOB 'alert-*' OR kind GLOB 'webhook-*')",
  people: `json_extract(event, '$.actor') <> '${BALANCER_ACTOR}'`,
};

interface EventSelection {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
  /** Its rows come newest first. */
  readonly isBackwards: boolean;
}

/** The events that are asked for, as SQL: from the newest back, or from `after` on. */
export function eventSelection(query: HistoryQuery): EventSelection {
  const { after, before, from, to, limit, replica, kind, about } = query;
  const wanted: readonly (readonly [string, SQLInputValue | undefined])[] = [
    ['id > ?', after],
    ['id < ?', before],
    ['at >= ?', from],
    ['at <= ?', to],
    ['replica = ?', replica],
    ['kind = ?', kind],
  ];
  const where = ['TRUE'];
  const values: SQLInputValue[] = [];
  for (const [condition, value] of wanted) {
    if (value === undefined) continue;
    where.push(condition);
    values.push(value);
  }
  if (about !== undefined) where.push(ABOUT[about]);
  const isBackwards = after === undefined;
  const order = isBackwards ? 'DESC' : 'ASC';
  const sql = `SELECT id, boot, event FROM events WHERE ${where.join(' AND ')} ORDER BY id ${order} LIMIT ?`;
  return { sql, values: [...values, limit], isBackwards };
}
