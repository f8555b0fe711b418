import { OVERLOOKED } from './connections.ts';
import { NAMES, VALUES } from './fields.ts';

/** Cases that end well, but not as the RFC has it. */
export const HTTP2_DEVIATIONS: readonly string[] = [...NAMES, ...VALUES, ...OVERLOOKED].map(({ id }) => id);
