/** We are out of something ourselves: no replica must be taken out of rotation for that. */
const OWN_FAULTS: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL']);
/** The instance was taken out of rotation while somebody waited for a connection to it. */
export const AWAY = 'AWAY';

export function isOwnFault(detail: string): boolean {
  return OWN_FAULTS.has(detail);
}

/** Does a failure with this detail say nothing new about the replica? */
export function isBlameless(detail: string): boolean {
  return detail === AWAY || isOwnFault(detail);
}
