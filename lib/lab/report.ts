import { element, escapeXml } from './charts/svg.ts';
import { EXPERIMENT_TITLES } from './experiment.ts';
import type { Figure } from './figure.ts';
import { figuresOf } from './figures.ts';
import { sentencesOf } from './findings.ts';
import { parametersOf } from './parameters.ts';
import { REPORT_STYLE } from './report-style.ts';
import type { Run } from './run.ts';
import { cellText, type Table, toCsv } from './table.ts';

/**
 * Runs as one HTML file that needs nothing else: styles, charts and data are inside, nothing is loaded and nothing runs.
 * Several runs stand side by side where there is room.
 */
export function reportHtml(runs: readonly Run[]): string {
  const title = runs.length === 1 && runs[0] ? EXPERIMENT_TITLES[runs[0].kind] : `${runs.length} runs side by side`;
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeXml(title)} – Ringmaster</title><style>${REPORT_STYLE}</style></head><body>`,
    `<main class="${runs.length > 1 ? 'beside' : 'alone'}">`,
    ...runs.map(article),
    '</main></body></html>\n',
  ].join('\n');
}

function article(run: Run): string {
  const verdict = run.pass === null ? '' : mark(run.pass);
  return element(
    'article',
    {},
    element('header', {}, element('h1', {}, escapeXml(EXPERIMENT_TITLES[run.kind])), verdict, stamp(run)),
    element('ul', { class: 'findings' }, ...sentencesOf(run).map((words) => element('li', {}, escapeXml(words)))),
    ...figuresOf(run).map(figureMarkup),
    element('h2', {}, 'How it was run'),
    tableMarkup(parametersOf(run)),
  );
}

function mark(pass: boolean): string {
  return element('p', { class: pass ? 'pass' : 'fail' }, pass ? '✓ holds' : '✗ does not hold');
}

function stamp(run: Run): string {
  const when = new Date(run.startedAt).toISOString();
  return element('p', { class: 'stamp' }, `${escapeXml(run.id)} · <time datetime="${when}">${when}</time>`);
}

function figureMarkup(figure: Figure): string {
  const data = `data:text/csv;charset=utf-8,${encodeURIComponent(toCsv(figure.table))}`;
  const download = `<a download="${escapeXml(figure.id)}.csv" href="${escapeXml(data)}">CSV</a>`;
  if (figure.draw === null) {
    const caption = element('figcaption', {}, escapeXml(figure.title), ' ', download);
    return element('figure', {}, caption, tableMarkup(figure.table));
  }
  const details = `<details><summary>Figures</summary>${download}${tableMarkup(figure.table)}</details>`;
  return element('figure', {}, figure.draw(), details);
}

function tableMarkup({ columns, rows }: Table): string {
  const head = element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, escapeXml(name))));
  const body = rows.map((row) =>
    element('tr', {}, ...row.map((cell) => element('td', { class: cellClass(cell) }, escapeXml(cellText(cell))))),
  );
  return `<div class="scroll"><table><thead>${head}</thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** Numbers and words stay on one line; longer texts may wrap. */
function cellClass(cell: string | number | null): string | undefined {
  if (typeof cell === 'number') return 'number';
  return cell === null || cell.length <= 24 ? 'word' : undefined;
}
