import { CASES_OF_NAMES, CONNECTION_FIELDS, NAMES, VALUES } from './fields.ts';
import { LENGTHS, LIMITS } from './lengths.ts';
import { AUTHORITIES, METHODS, PATHS, PSEUDO } from './pseudo-fields.ts';
import { VALID } from './valid.ts';

/** Header sections and bodies, as clients may send them and as they may not. */
export const HTTP2_REQUEST_CASES = [
  ...VALID,
  ...NAMES,
  ...CASES_OF_NAMES,
  ...VALUES,
  ...CONNECTION_FIELDS,
  ...PSEUDO,
  ...METHODS,
  ...PATHS,
  ...AUTHORITIES,
  ...LENGTHS,
  ...LIMITS,
];
