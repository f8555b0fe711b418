import { CertificateWatch } from './adapters/certificates/certificate-watch.ts';
import type { CertificateFiles } from './adapters/certificates/read-certificates.ts';
import { systemClock } from './adapters/clock/system-clock.ts';
import type { Flags } from './config/config.ts';
import type { RunningControl } from './control/start.ts';
import type { Certificate, ListeningPlane } from './core/traffic.ts';

/** The pairs that the command line names. */
export function certificateFiles(flags: Flags): readonly CertificateFiles[] {
  return flags['tls-cert'].map((cert, i) => ({ cert, key: flags['tls-key'][i] ?? '' }));
}

/** Renewed certificates are taken up while it runs. null: there are none. */
export function watchCertificates(
  flags: Flags,
  current: readonly Certificate[],
  plane: ListeningPlane,
  control: RunningControl,
): CertificateWatch | null {
  if (current.length === 0) return null;
  return new CertificateWatch({
    files: certificateFiles(flags),
    clock: systemClock,
    current,
    onChange: (certificates, warnings) => {
      plane.setCertificates(certificates);
      const note = warnings.length === 0 ? '' : ` (${warnings.join('; ')})`;
      const severity = warnings.length === 0 ? 'good' : 'warning';
      control.note({ kind: 'certificates-loaded', severity, message: `new certificates are in use${note}` });
    },
    onProblems: (problems) => {
      const message = `changed certificates are no good, the old ones stay: ${problems.join('; ')}`;
      control.note({ kind: 'certificates-refused', severity: 'warning', message });
    },
  });
}
