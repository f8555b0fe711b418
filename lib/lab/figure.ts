import type { Table } from './table.ts';

/** A chart with the figures behind it; the same in panel, terminal export and report. `svg` is null for a bare table. */
export interface Figure {
  /** Unique within a run; part of file names. */
  readonly id: string;
  readonly title: string;
  readonly svg: string | null;
  readonly table: Table;
  /** Needs the whole width of a page. */
  readonly isWide?: boolean;
}
