/** The form of a client's header section (RFC 9112), before what its fields say. Text is latin1: one character a byte. */
import type { ProxyErrorCode } from './errors.ts';

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const FIELD = `${TOKEN}:[\\t\\x20-\\x7e\\x80-\\xff]*\\r\\n`;
/** The whole section. `#` has no place in a request target: what follows it would be read differently. */
const WHOLE = new RegExp(`${TOKEN} [!"$-~]+ HTTP/1\\.[01]\\r\\n(?:${FIELD})*\\r\\n`, 'y');
/** The section as far as it came, if it can still become a right one. */
const BEGUN = new RegExp(`^(?:${TOKEN} [!"$-~]+ HTTP/1\\.[01]\\r\\n(?:${FIELD})*)?[^\\n]*$`);
const OTHER_VERSION = new RegExp(`^${TOKEN} [!-~]+ HTTP/(\\d)\\.\\d\\r?\\n`);

/** Has a section that is whole the right form? What is wrong with it, or null. */
export function judgeWhole(text: string): ProxyErrorCode | null {
  WHOLE.lastIndex = 0;
  return WHOLE.test(text) ? null : explain(text);
}

/** Can a section of which only this much came still become a right one? What is wrong with it, or null. */
export function judgeBegun(text: string): ProxyErrorCode | null {
  return BEGUN.test(text) ? null : explain(text);
}

/** What is wrong with a section that is not as it should be. */
function explain(text: string): ProxyErrorCode {
  const version = OTHER_VERSION.exec(text);
  return version !== null && version[1] !== '1' ? 'version-not-supported' : 'malformed';
}
