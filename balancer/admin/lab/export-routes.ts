import { z } from '@hono/zod-openapi';
import type { Figure } from '../../../lib/lab/figure.ts';
import type { Run } from '../../../lib/lab/run.ts';
import { toCsv } from '../../../lib/lab/table.ts';
import type { Laboratory } from '../../core/lab.ts';
import type { App } from '../app.ts';
import { documentedRoute } from '../documented.ts';
import { failureResponse } from '../failure.ts';

const tag = 'experiments';
/** Side by side more would be too narrow to read. */
const MAX_COMPARED = 6;

const report = documentedRoute('get', '/_ring/v1/report', {
  tag,
  summary: 'One or more runs as one HTML file that needs nothing else: `?run=ID&run=ID`',
  request: { query: z.object({ run: z.union([z.string(), z.array(z.string())]) }) },
  answers: { 200: { description: 'text/html' } },
});

const figure = documentedRoute('get', '/_ring/v1/runs/{id}/figures/{file}', {
  tag,
  summary: 'A chart as `NAME.svg`, the figures behind it as `NAME.csv`',
  request: { params: z.object({ id: z.string(), file: z.string().regex(/^[a-z0-9-]+\.(svg|csv)$/) }) },
  answers: { 200: { description: 'image/svg+xml or text/csv' } },
});

/** What people take home of a run. What draws it is loaded when it is first asked for. */
export function addExportRoutes(app: App, laboratory: Laboratory): void {
  app.openapi(report, async (c) => {
    const asked = [c.req.valid('query').run].flat().slice(0, MAX_COMPARED);
    const runs = (await Promise.all(asked.map((id) => laboratory.run(id)))).filter((run) => run !== null);
    if (runs.length < asked.length) return notFound(c.req.path, 'There is no such run here');
    const { reportHtml } = await import('../../../lib/lab/report.ts');
    return new Response(reportHtml(runs), { headers: fileHeaders('text/html', `${reportName(runs)}.html`) });
  });
  app.openapi(figure, async (c) => {
    const { id, file } = c.req.valid('param');
    const run = await laboratory.run(id);
    const [name = '', kind] = file.split('.');
    const { figuresOf } = await import('../../../lib/lab/figures.ts');
    const found = run ? figuresOf(run).find((one) => one.id === name) : undefined;
    const body = found && contentOf(found, kind === 'svg');
    if (!(run && body)) return notFound(c.req.path, 'There is no such figure here');
    return new Response(body, {
      headers: fileHeaders(kind === 'svg' ? 'image/svg+xml' : 'text/csv', `${run.id}-${file}`),
    });
  });
}

function contentOf({ draw, table }: Figure, isDrawing: boolean): string | null {
  return isDrawing ? (draw?.() ?? null) : toCsv(table);
}

function reportName(runs: readonly Run[]): string {
  return `ringmaster-${runs.map((run) => run.id).join('-')}`.slice(0, 100);
}

/** Shown in place; a name for who saves it. Nothing in it may run, wherever it is opened. */
function fileHeaders(type: string, name: string): Record<string, string> {
  return {
    'content-type': `${type}; charset=utf-8`,
    'content-disposition': `inline; filename="${name}"`,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-downloads",
    'x-content-type-options': 'nosniff',
  };
}

function notFound(path: string, message: string): Response {
  return failureResponse({ code: 'not-found', message }, path);
}
