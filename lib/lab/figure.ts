import type { Table } from './table.ts';

/** A chart with the figures behind it; the same in panel, terminal export and report. */
export interface Figure {
  /** Unique within a run; part of file names. */
  readonly id: string;
  readonly title: string;
  /** The chart as SVG, so many pixels wide, or as wide as in a report; null for a bare table. */
  readonly draw: ((width?: number) => string) | null;
  readonly table: Table;
  /** Needs the whole width of a page. */
  readonly isWide?: boolean;
}
