/** Outlier detection: what real traffic says of a replica whose probes pass. Times in ms. */
export interface OutlierPolicy {
  /** Failing answers (5xx, refused, cut) in a row that eject; default 5. */
  readonly consecutiveErrors: number;
  /** The first ejection lasts this long, the n-th n times; default 10 000. */
  readonly baseMs: number;
  /** No ejection is longer; default 30 000. */
  readonly maxMs: number;
}

/** One seat's record. `answers` and `errors` are the cumulative figures last seen. */
export interface OutlierRecord {
  readonly answers: number;
  readonly errors: number;
  readonly consecutive: number;
  /** Ejections so far; falls by one for each base time without another. */
  readonly ejections: number;
  readonly lastEjectedAt: number;
}

export const NO_RECORD: OutlierRecord = { answers: 0, errors: 0, consecutive: 0, ejections: 0, lastEjectedAt: 0 };

/**
 * Takes in the cumulative figures of a seat. Only counts are known, not their order, so errors are in a row when no
 * good answer came between two looks at them: a replica that fails some requests is never ejected by chance.
 */
export function observeAnswers(record: OutlierRecord, answers: number, errors: number): OutlierRecord {
  const failed = Math.max(0, errors - record.errors);
  const good = Math.max(0, answers - record.answers) - failed;
  return { ...record, answers, errors, consecutive: good > 0 ? 0 : record.consecutive + failed };
}

export function isOutlier(record: OutlierRecord, policy: OutlierPolicy): boolean {
  return record.consecutive >= policy.consecutiveErrors;
}

/** How long it is out, and the record to go on with. */
export function eject(
  record: OutlierRecord,
  now: number,
  policy: OutlierPolicy,
): { record: OutlierRecord; ms: number } {
  const quiet = Math.floor((now - record.lastEjectedAt) / policy.maxMs);
  const ejections = Math.max(0, record.ejections - quiet) + 1;
  const ms = Math.min(policy.maxMs, policy.baseMs * ejections);
  return { record: { ...record, consecutive: 0, ejections, lastEjectedAt: now }, ms };
}
