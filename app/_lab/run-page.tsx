'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { EXPERIMENT_TITLES } from '#lib/lab/experiment.ts';
import { reportHtml } from '#lib/lab/report.ts';
import type { Run } from '#lib/lab/run.ts';
import { RefusedError } from '../_changes/api.ts';
import { ChangeButton } from '../_changes/change-button.tsx';
import { useSession } from '../_shell/session.tsx';
import { Button } from '../_ui/button.tsx';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { saveText } from '../_ui/take-home.ts';
import { readRun, removeRun } from './api.ts';
import { RunView } from './run-view.tsx';
import { Running } from './running.tsx';
import { useProgress } from './use-progress.ts';

const LOOK_MS = 3000;

/** One run: while it goes on, how it goes; after it, what it found. */
export function RunPage({ id }: { readonly id: string }) {
  const stored = useQuery({
    queryKey: ['run', id],
    queryFn: ({ signal }) => readRun(id, signal),
    // The stream says when it is over; this does when the stream is cut.
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? LOOK_MS : false),
  });
  const running = stored.data?.status === 'running';
  const { refetch } = stored;
  const finished = useCallback(() => void refetch(), [refetch]);
  const following = useProgress(id, running, finished);
  const title = stored.data ? EXPERIMENT_TITLES[stored.data.kind] : 'Run';
  return (
    <Panel title={title} side={stored.data && !running ? <TakeHome run={stored.data} /> : null}>
      {stored.isPending && <p className="py-3 text-muted">Reading it…</p>}
      {stored.error !== null && (
        <p className="flex gap-3 py-3">
          <span className={isMissing(stored.error) ? 'text-muted' : 'text-critical'}>{stored.error.message}</span>
          <Link href="/experiments" className="text-muted underline underline-offset-4 hover:text-ink">
            All runs
          </Link>
        </p>
      )}
      {stored.data && running && <Running run={stored.data} following={following} />}
      {stored.data && !running && <RunView run={stored.data} />}
    </Panel>
  );
}

/** Nothing is wrong when a run is not there: it may have been removed. */
function isMissing(error: Error): boolean {
  return error instanceof RefusedError && error.status === 404;
}

function TakeHome({ run }: { readonly run: Run }) {
  const { role } = useSession();
  const router = useRouter();
  const forget = (): void => void removeRun(run.id).then(() => router.push('/experiments'));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Link href="/experiments" className="px-2 text-muted underline-offset-4 hover:underline">
        All runs
      </Link>
      <Button onClick={() => saveText(`ringmaster-${run.id}.html`, 'text/html', reportHtml([run]))}>Save report</Button>
      {role === 'operator' && (
        <ChangeButton weight="quiet" onClick={forget}>
          Forget this run
        </ChangeButton>
      )}
    </div>
  );
}
