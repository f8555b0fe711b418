'use client';

import { Panel } from '../_ui/panel.tsx';
import { RunForm } from './run-form.tsx';
import { RunTable } from './run-table.tsx';

const LOADS = ['load'] as const;

/** Requests on demand: they come from a process of their own and end by themselves. */
export function LoadPage() {
  return (
    <>
      <Panel title="New load" className="border-line border-b">
        <p className="mb-4 max-w-3xl text-muted">
          Requests go to this balancer only, from a process of their own, and end by themselves.
        </p>
        <RunForm kind="load" startWord="Start load" />
      </Panel>
      <RunTable kinds={LOADS} />
    </>
  );
}
