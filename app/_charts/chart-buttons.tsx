import { type Chart, saveCsv } from './chart-csv.ts';

interface ChartButtonsProps {
  readonly chart: Chart;
  readonly asTable: boolean;
  readonly onChange: (asTable: boolean) => void;
}

const LOOK = 'whitespace-nowrap text-muted underline-offset-4 hover:text-ink hover:underline';

/** What is behind a chart: its figures as a table, and as a file; a small chart has room for that only beside its table. */
export function ChartButtons({ chart, asTable, onChange }: ChartButtonsProps) {
  return (
    <>
      <button type="button" className={LOOK} onClick={() => onChange(!asTable)}>
        {asTable ? 'as chart' : 'as table'}
      </button>
      <button
        type="button"
        className={`${LOOK} ${asTable ? '' : '@max-[20rem]:hidden'}`}
        onClick={() => saveCsv(chart)}
      >
        CSV
      </button>
    </>
  );
}
