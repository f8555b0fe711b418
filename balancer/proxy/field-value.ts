/**
 * A field value without the blanks around it (RFC 9110, 5.5: spaces and tabs, nothing else). `trim()` would take the
 * non-breaking space as well, and read a length where others read none.
 */
export function trimmed(value: string): string {
  let from = 0;
  let to = value.length;
  while (from < to && isBlank(value.charCodeAt(from))) from++;
  while (to > from && isBlank(value.charCodeAt(to - 1))) to--;
  return from === 0 && to === value.length ? value : value.slice(from, to);
}

const SPACE = 32;
const TAB = 9;

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}
