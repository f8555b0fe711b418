'use client';

import { ArrowDown } from 'lucide-react';
import { memo, type Ref, useDeferredValue, useMemo, useState } from 'react';
import type { ReplicaView } from '#lib/api/state.ts';
import { useLive } from '../_live/provider.tsx';
import type { Column, RowContext } from './columns.tsx';
import { onlyFiguresDiffer } from './only-figures-differ.ts';
import { ReplicaMenu } from './replica-menu.tsx';
import { isTrouble } from './status.ts';
import { useRowsInView } from './use-rows-in-view.ts';
import { useRequestSeries } from './use-series.ts';

interface ReplicaTableProps {
  readonly columns: readonly Column[];
  readonly replicas: readonly ReplicaView[];
}

/** More rows than this are drawn closer together. Roomy ones are as high as with a reason in two lines: none ever moves. */
const ROOMY_ROWS = 6;

/**
 * All figures of the table change every second. They are drawn in slices between frames (deferred), and only in the rows
 * that are in view.
 */
export const ReplicaTable = memo(function ReplicaTable({ columns, replicas }: ReplicaTableProps) {
  const [sortedBy, setSortedBy] = useState('replica');
  const series = useRequestSeries(60);
  const at = useDeferredValue(useLive((view) => view.lastAt ?? 0));
  const context = useMemo(() => ({ series, at }), [series, at]);
  const { inView, watch } = useRowsInView();
  const rows = useMemo(() => sorted(replicas, columns, sortedBy), [replicas, columns, sortedBy]);
  const roomy = replicas.length <= ROOMY_ROWS;
  return (
    <table className="w-full border-collapse" data-testid="replica-table">
      <thead className="sticky top-0 z-[1] bg-ground">
        <tr>
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sorted={column.id === sortedBy} onSort={setSortedBy} />
          ))}
          <th className="w-7 border-line border-b">
            <span className="sr-only">actions</span>
          </th>
        </tr>
      </thead>
      <tbody className={roomy ? 'roomy-rows [&_td]:h-13' : '[&_td]:h-[1.875rem]'}>
        {rows.map((replica) => (
          <Row
            key={replica.seat}
            replica={replica}
            columns={columns}
            context={context}
            inView={inView?.has(replica.seat) ?? true}
            watch={watch}
          />
        ))}
      </tbody>
    </table>
  );
});

function sorted(replicas: readonly ReplicaView[], columns: readonly Column[], id: string): readonly ReplicaView[] {
  const order = columns.find((column) => column.id === id)?.order;
  if (order === undefined) return replicas;
  return replicas.toSorted((a, b) => {
    const [left, right] = [order(a), order(b)];
    if (left === right) return a.seat - b.seat;
    return left < right ? -1 : 1;
  });
}

interface HeadCellProps {
  readonly column: Column;
  readonly sorted: boolean;
  readonly onSort: (id: string) => void;
}

function HeadCell({ column, sorted: isSorted, onSort }: HeadCellProps) {
  const align = column.right ? 'text-right' : 'text-left';
  const edge = `h-8 border-line border-b px-2 font-normal text-muted first:pl-0 whitespace-nowrap column-${column.id}`;
  if (column.order === undefined) return <th className={`${edge} ${align}`}>{column.title}</th>;
  return (
    <th className={`${edge} ${align}`} aria-sort={isSorted ? 'ascending' : 'none'} title={column.hint}>
      <button type="button" onClick={() => onSort(column.id)} className="inline-flex items-center gap-1 hover:text-ink">
        {column.title}
        {isSorted && column.id !== 'replica' && <ArrowDown className="size-3" aria-hidden="true" />}
      </button>
    </th>
  );
}

interface RowProps {
  readonly replica: ReplicaView;
  readonly columns: readonly Column[];
  readonly context: RowContext;
  readonly inView: boolean;
  readonly watch: Ref<HTMLTableRowElement>;
}

const Row = memo(function Row({ replica, columns, context, inView, watch }: RowProps) {
  return (
    <tr
      ref={watch}
      data-seat={replica.seat}
      data-testid={`replica-${replica.name}`}
      data-status={replica.status}
      data-far={inView ? undefined : true}
      className={isTrouble(replica.status) ? 'bg-tint' : 'hover:bg-raised/60'}
    >
      {columns.map((column) => (
        <td
          key={column.id}
          className={`border-line border-b px-2 first:pl-0 ${column.right ? 'text-right' : ''} ${column.id === 'state' ? '' : 'whitespace-nowrap'} column-${column.id}`}
        >
          {column.cell(replica, context)}
        </td>
      ))}
      <td className="border-line border-b">
        <ReplicaMenu replica={replica} />
      </td>
    </tr>
  );
}, isDrawn);

/** Out of view a row says what its replica is and how it does; its figures wait until it is scrolled to. */
function isDrawn(before: RowProps, after: RowProps): boolean {
  if (before.columns !== after.columns || before.inView !== after.inView) return false;
  if (!after.inView) return onlyFiguresDiffer(before.replica, after.replica);
  return before.replica === after.replica && before.context === after.context;
}
