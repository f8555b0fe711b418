import type { RequestCase } from '../case.ts';
import { CHUNK_CASES } from './chunks.ts';
import { CONVERSATION_CASES } from './conversation.ts';
import { FIELD_CASES } from './fields.ts';
import { HOST_CASES } from './host.ts';
import { INTERMEDIARY_CASES } from './intermediary.ts';
import { LENGTH_CASES } from './length.ts';
import { REQUEST_LINE_CASES } from './request-line.ts';
import { SMUGGLING_CASES } from './smuggling.ts';

/** Everything a client may try. */
export const REQUEST_CASES: readonly RequestCase[] = [
  ...REQUEST_LINE_CASES,
  ...HOST_CASES,
  ...FIELD_CASES,
  ...SMUGGLING_CASES,
  ...LENGTH_CASES,
  ...CHUNK_CASES,
  ...INTERMEDIARY_CASES,
  ...CONVERSATION_CASES,
];
