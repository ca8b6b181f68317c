import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { messageOf } from './errors';

/** PEM files of a server that speaks TLS. */
export interface TlsFiles {
  /** The certificate, and after it those between it and a root. */
  readonly certFile: string;
  /** Its private key, without a passphrase. */
  readonly keyFile: string;
  /** Whoever connects needs a certificate signed by one of these; null: nobody needs one. */
  readonly clientCaFile: string | null;
}

export interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
  /** Undefined: clients need no certificate. */
  readonly ca: string | undefined;
  /** When the certificate ends, Unix milliseconds. */
  readonly notAfterMs: number;
}

/** Files that cannot be used are an expected result; each problem names key and file, and none shows a content. */
export type TlsIdentityResult =
  | { readonly status: 'ok'; readonly identity: TlsIdentity }
  | { readonly status: 'invalid'; readonly problems: readonly string[] };

type Loaded<T> = { readonly value: T } | { readonly problem: string };

function attempt<T>(make: () => T, problemOf: (message: string) => string): Loaded<T> {
  try {
    return { value: make() };
  } catch (error) {
    return { problem: problemOf(messageOf(error)) };
  }
}

const parse = <T>(
  key: keyof TlsFiles,
  file: string,
  { read, kind }: { read: (path: string) => string; kind: string },
  make: (pem: string) => T,
): Loaded<{ pem: string; parsed: T }> => {
  const text = attempt(
    () => read(file),
    (message) => `${key}: ${message}`,
  );
  if ('problem' in text) return text;
  const pem = text.value;
  return attempt(
    () => ({ pem, parsed: make(pem) }),
    () => `${key}: ${file} is not ${kind}`,
  );
};

const certificateOf = (pem: string): X509Certificate => new X509Certificate(pem);
const CERTIFICATE = 'a certificate in PEM format';
const KEY = 'a private key in PEM format without a passphrase';

/** Reads the files and checks that they belong together. `read` throws when a file cannot be read. */
export function readTlsIdentity(
  { certFile, keyFile, clientCaFile }: TlsFiles,
  read: (path: string) => string,
): TlsIdentityResult {
  const cert = parse('certFile', certFile, { read, kind: CERTIFICATE }, certificateOf);
  const key = parse('keyFile', keyFile, { read, kind: KEY }, createPrivateKey);
  const ca =
    clientCaFile === null
      ? { value: undefined }
      : parse('clientCaFile', clientCaFile, { read, kind: CERTIFICATE }, certificateOf);
  if ('problem' in cert || 'problem' in key || 'problem' in ca) {
    const problems = [cert, key, ca].flatMap((part) => ('problem' in part ? [part.problem] : []));
    return { status: 'invalid', problems };
  }
  if (!cert.value.parsed.checkPrivateKey(key.value.parsed)) {
    const problem = `keyFile: ${keyFile} is not the key of the certificate ${certFile}`;
    return { status: 'invalid', problems: [problem] };
  }
  const identity: TlsIdentity = {
    cert: cert.value.pem,
    key: key.value.pem,
    ca: ca.value?.pem,
    notAfterMs: Date.parse(cert.value.parsed.validTo),
  };
  // What only OpenSSL itself refuses, for example a key that is too short for it.
  const usable = attempt(
    () => createSecureContext({ cert: identity.cert, key: identity.key, ca: identity.ca }),
    (message) => `certFile: ${certFile} cannot be used: ${message}`,
  );
  return 'problem' in usable
    ? { status: 'invalid', problems: [usable.problem] }
    : { status: 'ok', identity };
}
