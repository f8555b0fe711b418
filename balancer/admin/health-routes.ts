import type { ControlPlane } from '../core/control-plane.ts';
import type { App } from './app.ts';

/** For orchestrators and scrapers. */
export function addHealthRoutes(app: App, control: ControlPlane): void {
  const tags = ['health'];
  app.get('/_ring/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/_ring/readyz', (c) => {
    const ready = control.ready();
    return c.json({ status: ready ? 'ready' : 'no replica serves' }, ready ? 200 : 503);
  });
  app.get('/_ring/metrics', async () => {
    return new Response(await control.metrics(), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    });
  });
  const { openAPIRegistry: registry } = app;
  const answers = { 200: { description: 'Yes' }, 503: { description: 'No' } };
  registry.registerPath({
    method: 'get',
    path: '/_ring/healthz',
    tags,
    summary: 'The balancer runs',
    responses: answers,
  });
  registry.registerPath({ method: 'get', path: '/_ring/readyz', tags, summary: 'It can serve', responses: answers });
  registry.registerPath({
    method: 'get',
    path: '/_ring/metrics',
    tags,
    summary: 'Prometheus text',
    responses: answers,
  });
}
