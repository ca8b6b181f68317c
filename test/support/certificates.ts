import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Certificates made when a test runs, so that no key is ever in the repository: X.509 v3 in DER, by hand, because Node can
 * read certificates and not make them. Elliptic keys on P-256, because those are made in a millisecond.
 */
export interface Certified {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  readonly privateKey: KeyObject;
  readonly name: string;
}

export interface CertificateOptions {
  readonly name: string;
  /** Undefined: it signs itself and may sign others. */
  readonly issuer?: Certified;
  readonly validForMs?: number;
  /** The only host that it is for; default: `localhost` and 127.0.0.1. */
  readonly host?: string;
}

const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  basicConstraints: '551d13',
  subjectAltName: '551d11',
} as const;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (name: keyof typeof OID): Buffer => der(0x06, Buffer.from(OID[name], 'hex'));
const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes);
const nameOf = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid('commonName'), der(0x0c, Buffer.from(name)))));
/** `YYMMDDhhmmssZ`. */
const time = (ms: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replaceAll(/\D/g, '')}Z`));

const extensions = (isAuthority: boolean, host: string | undefined): Buffer => {
  const constraints = sequence(...(isAuthority ? [der(0x01, Buffer.from([0xff]))] : []));
  const address = host === undefined ? [der(0x87, Buffer.from([127, 0, 0, 1]))] : [];
  const names = sequence(der(0x82, Buffer.from(host ?? 'localhost')), ...address);
  return der(
    0xa3,
    sequence(
      sequence(oid('basicConstraints'), der(0x01, Buffer.from([0xff])), der(0x04, constraints)),
      sequence(oid('subjectAltName'), der(0x04, names)),
    ),
  );
};

const pem = (bytes: Buffer): string => {
  const lines = bytes.toString('base64').match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

/** A certificate with a key of its own. */
export function makeCertificate({
  name,
  issuer,
  validForMs = 3_600_000,
  host,
}: CertificateOptions): Certified {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid('ecdsaWithSha256'));
  const now = Date.now();
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    nameOf(issuer?.name ?? name),
    sequence(time(now - 60_000), time(now + validForMs)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions(issuer === undefined, host),
  );
  const signature = createSign('sha256')
    .update(body)
    .sign(issuer?.privateKey ?? privateKey);
  return {
    cert: pem(sequence(body, algorithm, bits(signature))),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKey,
    name,
  };
}

/** Writes both into `directory`, over those that were written there before. */
export function writeCertificate(
  directory: string,
  { cert, key }: Certified,
): { certFile: string; keyFile: string } {
  const certFile = join(directory, 'cert.pem');
  const keyFile = join(directory, 'key.pem');
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key);
  return { certFile, keyFile };
}
