'use client';

import { useEffect, useState } from 'react';
import type { LogLineView } from '#lib/api/admin.ts';
import { followLog } from './log-reader.ts';

/** A line with a number of its own, for React and for the reader's place in the log. */
export interface NumberedLine extends LogLineView {
  readonly number: number;
}

export interface Log {
  readonly lines: readonly NumberedLine[];
  /** Why there is nothing more; null while it is followed. */
  readonly ended: string | null;
}

const KEPT = 5_000;
const TAIL = 500;
/** Lines are shown in batches: a chatty replica is no reason to draw more often. */
const BATCH_MS = 200;
const NOTHING: Log = { lines: [], ended: null };

/** The log of a replica's present instance; begins anew with a new one. */
export function useLog(name: string, instanceId: string | null): Log {
  const [log, setLog] = useState(NOTHING);
  useEffect(() => {
    if (instanceId === null) return;
    setLog(NOTHING);
    const stop = new AbortController();
    let waiting: LogLineView[] = [];
    let next = 1;
    const flush = (): void => {
      if (waiting.length === 0) return;
      const fresh = waiting.map((line) => ({ ...line, number: next++ }));
      waiting = [];
      setLog((before) => ({ ...before, lines: [...before.lines, ...fresh].slice(-KEPT) }));
    };
    const timer = setInterval(flush, BATCH_MS);
    void followLog(name, TAIL, (lines) => waiting.push(...lines), stop.signal)
      .then((end) => (end.kind === 'ended' ? 'The log ended.' : end.message))
      .catch(() => 'The log was cut.')
      .then((ended) => {
        flush();
        if (!stop.signal.aborted) setLog((before) => ({ ...before, ended }));
      });
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [name, instanceId]);
  return log;
}
