/** The unit behind a figure as it is said: nothing where there is no figure, one request in the singular. */
export function unitWords(figure: number | null | undefined, unit: string): string {
  if (figure === undefined || figure === null) return '';
  return figure === 1 && unit === 'requests' ? 'request' : unit;
}
