import { trimmed } from './field-value.ts';

/** `continue`: to be told whether to send the body. `unknown`: something nobody has specified, or that and more. */
export type Expectation = 'none' | 'continue' | 'unknown';

/** What a client expects with this value of Expect, a list (RFC 9110, 10.1.1). */
export function expectationOf(value: string): Expectation {
  const members = value.split(',').map((member) => trimmed(member).toLowerCase());
  const named = members.filter((member) => member !== '');
  if (named.some((member) => member !== '100-continue')) return 'unknown';
  return named.length > 0 ? 'continue' : 'none';
}
