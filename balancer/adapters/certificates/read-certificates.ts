import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { messageOf } from '../../core/log.ts';
import type { Certificate } from '../../core/traffic.ts';

/** Where one certificate chain and its private key are kept, both PEM. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

export type CertificateReading =
  | { readonly kind: 'read'; readonly certificates: readonly Certificate[]; readonly warnings: readonly string[] }
  /** Each names its file. */
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

const DAY_MS = 86_400_000;
/** Certificates that are renewed by themselves are renewed long before this. */
const SOON_DAYS = 7;

class Unusable extends Error {}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EACCES' ? 'it may not be read' : messageOf(error);
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Unusable(`${path}: ${explain(error)}`);
  }
}

function parseCertificate(path: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new Unusable(`${path}: holds no certificate in PEM form`);
  }
}

function parseKey(path: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    const isEncrypted = /ENCRYPTED/.test(pem);
    throw new Unusable(`${path}: ${isEncrypted ? 'the key has a passphrase' : 'holds no private key in PEM form'}`);
  }
}

/** The names it was made out to, lower case; its common name counts where it has no others (RFC 6125, 6.4.4). */
function namesOf(certificate: X509Certificate): readonly string[] {
  const alternatives = (certificate.subjectAltName ?? '')
    .split(', ')
    .filter((entry) => entry.startsWith('DNS:'))
    .map((entry) => entry.slice('DNS:'.length).toLowerCase());
  if (alternatives.length > 0) return alternatives;
  const common = /^CN=(.+)$/m.exec(certificate.subject)?.[1];
  return common === undefined ? [] : [common.toLowerCase()];
}

function warningsOf(path: string, { validFromDate, validToDate }: X509Certificate, now: number): readonly string[] {
  const leftMs = validToDate.getTime() - now;
  if (validFromDate.getTime() > now) return [`${path}: not valid before ${validFromDate.toISOString()}`];
  if (leftMs < 0) return [`${path}: expired on ${validToDate.toISOString()}`];
  return leftMs < SOON_DAYS * DAY_MS ? [`${path}: expires on ${validToDate.toISOString()}`] : [];
}

async function readPair(
  files: CertificateFiles,
  now: number,
): Promise<{ one: Certificate; warnings: readonly string[] }> {
  const [chain, keyText] = await Promise.all([read(files.cert), read(files.key)]);
  const certificate = parseCertificate(files.cert, chain);
  const key = parseKey(files.key, keyText);
  if (!certificate.checkPrivateKey(key)) throw new Unusable(`${files.key}: is not the key of ${files.cert}`);
  try {
    createSecureContext({ cert: chain, key: keyText, minVersion: 'TLSv1.2' });
  } catch (error) {
    throw new Unusable(`${files.cert}: cannot be used: ${messageOf(error)}`);
  }
  return {
    one: { chain, key: keyText, names: namesOf(certificate) },
    warnings: warningsOf(files.cert, certificate, now),
  };
}

/** Reads all pairs and says everything that is wrong with them at once. `now`: wall time, ms. */
export async function readCertificates(pairs: readonly CertificateFiles[], now: number): Promise<CertificateReading> {
  const readings = await Promise.allSettled(pairs.map((files) => readPair(files, now)));
  const problems = readings.filter((reading) => reading.status === 'rejected').map(({ reason }) => messageOf(reason));
  if (problems.length > 0) return { kind: 'problems', problems };
  const read = readings.filter((reading) => reading.status === 'fulfilled').map(({ value }) => value);
  return { kind: 'read', certificates: read.map(({ one }) => one), warnings: read.flatMap(({ warnings }) => warnings) };
}
