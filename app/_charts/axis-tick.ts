/** How the words on a chart's axes look; in rem, so that they grow with the rest on a projector. */
export const AXIS_TICK = { fill: 'var(--muted)', fontSize: '0.6875rem', fontFamily: 'JetBrains Mono Variable' };
