/** How a number of moved slots compares with the fewest possible. */
export function minimumWords(moved: number, minimum: number): string {
  if (moved <= minimum) return 'the minimum';
  return `${moved - minimum} more than the minimum of ${minimum}`;
}
