import type { Certificate } from '../../core/traffic.ts';

/**
 * The certificate for the name a client asked for (SNI): one made out to that very name, else to `*.` and the rest of
 * it (RFC 6125, 6.4.3: one label), else the first.
 */
export function certificateFor(name: string, certificates: readonly Certificate[]): Certificate | undefined {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  const wildcard = wanted.replace(/^[^.]+/, '*');
  return (
    certificates.find(({ names }) => names.includes(wanted)) ??
    certificates.find(({ names }) => names.includes(wildcard)) ??
    certificates[0]
  );
}
