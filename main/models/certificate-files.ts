/** Certificates and keys out of files that a person chose, so that no window ever holds a private key. */
import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { CertificateFacts, ClientCertificate } from '../../preload/contract/domains/endpoints.ts';
import { AppError } from '../base/errors.ts';
import { checkAuthorities } from '../policy/index.ts';

/** More than any chain of certificates. */
const largestBytes = 1_000_000;

function refuse(field: 'ca' | 'clientCertificate', message: string): never {
  throw new AppError('endpoint.bad-profile', message, { data: { field } });
}

async function readSmallFile(path: string, field: 'ca' | 'clientCertificate'): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const found = await stat(path);
    if (!found.isFile()) return refuse(field, 'This is not a file.');
    if (found.size > largestBytes) return refuse(field, 'The file is larger than any certificate.');
    bytes = new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof AppError) throw error;
    return refuse(field, 'The file cannot be read.');
  }
  return bytes;
}

const isPem = (text: string): boolean => text.includes('-----BEGIN ');
const blocksOf = (text: string, label: string): string[] => text.match(new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----`, 'g')) ?? [];

/** The certificates of a PEM text or of a file (PEM, or one in DER), and what they say. Throws endpoint.bad-profile for field `ca`. */
export async function readAuthorities(from: { readonly pem: string } | { readonly path: string }): Promise<{ readonly pem: string; readonly certificates: CertificateFacts[] }> {
  const pem = checkAuthorities('pem' in from ? from.pem : pemOfFile(await readSmallFile(from.path, 'ca')));
  const certificates = blocksOf(pem, 'CERTIFICATE').map((block) => {
    const { subject, issuer, validFromDate, validToDate, fingerprint256 } = new X509Certificate(block);
    return { subject: named(subject), issuer: named(issuer), validFrom: validFromDate.getTime(), validTo: validToDate.getTime(), sha256: fingerprint256.replaceAll(':', '').toLowerCase() };
  });
  return { pem, certificates };
}

function pemOfFile(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  if (isPem(text)) return text;
  try {
    return new X509Certificate(bytes).toString();
  } catch {
    return refuse('ca', 'This is not a certificate: it needs a file with PEM or DER.');
  }
}

/** The common name of a distinguished name, or all of it in one line. */
function named(distinguished: string | undefined): string {
  const lines = (distinguished ?? '').split('\n');
  return (lines.find((line) => line.startsWith('CN='))?.slice(3) ?? lines.join(', ')).slice(0, 200);
}

/** A client certificate out of one PKCS#12 file, or out of one or two PEM files with certificate and key. Throws endpoint.bad-profile for field `clientCertificate`. */
export async function readClientCertificate(paths: readonly string[], passphrase: string | null): Promise<ClientCertificate> {
  const files = await Promise.all(paths.map((path) => readSmallFile(path, 'clientCertificate')));
  const texts = files.map((bytes) => Buffer.from(bytes).toString('latin1'));
  const [only] = files;
  if (only !== undefined && files.length === 1 && !texts.some(isPem)) return { kind: 'pkcs12', file: only, passphrase };
  if (!texts.every(isPem)) return refuse('clientCertificate', 'Give one PKCS#12 file, or certificate and private key as PEM.');
  const text = texts.join('\n');
  const certificate = blocksOf(text, 'CERTIFICATE').join('\n');
  const keys = blocksOf(text, '[A-Z ]*PRIVATE KEY');
  if (certificate === '') refuse('clientCertificate', 'The certificate is missing: these files hold a private key alone.');
  if (keys.length !== 1) refuse('clientCertificate', keys.length === 0 ? 'The private key is missing: choose its file together with the certificate.' : 'There is more than one private key.');
  return { kind: 'pem', certificate, key: keys[0] ?? '', passphrase };
}
