import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { figuresOf } from '../../lib/lab/figures.ts';
import { reportHtml } from '../../lib/lab/report.ts';
import type { Run } from '../../lib/lab/run.ts';
import { toCsv } from '../../lib/lab/table.ts';
import type { Given } from './options.ts';
import type { Screen } from './terminal/screen.ts';

/** Writes what `--report` and `--export` ask for. */
export async function saveRun(run: Run, given: Given, screen: Screen): Promise<void> {
  const report = given.text('report');
  if (report !== undefined) {
    await writeFile(report, reportHtml([run]));
    screen.note(`report: ${report}\n`);
  }
  const folder = given.text('export');
  if (folder !== undefined) screen.note(`${await exportFigures(run, folder)} files in ${folder}\n`);
}

/** Every chart as SVG, every table as CSV; returns how many files were written. */
async function exportFigures(run: Run, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  let files = 0;
  const write = async (name: string, content: string): Promise<void> => {
    await writeFile(join(folder, `${run.id}-${name}`), content);
    files++;
  };
  for (const figure of figuresOf(run)) {
    if (figure.draw !== null) await write(`${figure.id}.svg`, figure.draw());
    await write(`${figure.id}.csv`, toCsv(figure.table));
  }
  return files;
}
