export const dynamic = 'force-dynamic';

/** Whether the panel itself answers; says nothing of the balancer. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
