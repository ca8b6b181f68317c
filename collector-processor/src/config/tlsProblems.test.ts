import { makeCertificate } from '../../../test/support/certificates';
import { loadConfig } from './loadConfig';

const authority = makeCertificate({ name: 'authority' });
const one = makeCertificate({ name: 'localhost', issuer: authority });
const other = makeCertificate({ name: 'localhost', issuer: authority });

const problemsOf = (tls: object, files: Record<string, string>): readonly string[] => {
  const config = JSON.stringify({ receive: { grpc: { tls }, http: { tls: null } } });
  const result = loadConfig({
    path: 'config.yaml',
    env: {},
    readFile: (path) => {
      const text = { 'config.yaml': config, ...files }[path];
      if (text === undefined) throw new Error(`ENOENT: no such file: ${path}`);
      return text;
    },
  });
  return result.status === 'invalid' ? result.problems : [];
};
const FILES = { certFile: 'c.pem', keyFile: 'k.pem' };

test('good files, and YAML numbers as versions', () => {
  const files = { 'c.pem': one.cert, 'k.pem': one.key, 'ca.pem': authority.cert };
  expect(problemsOf(FILES, files)).toEqual([]);
  expect(problemsOf({ ...FILES, clientCaFile: 'ca.pem', minVersion: 1.3 }, files)).toEqual([]);
});

test('every bad file is named with its key, and nothing of its content is shown', () => {
  const files = { 'k.pem': `-----BEGIN PRIVATE KEY-----\nsecret\n`, 'ca.pem': 'nothing' };
  expect(problemsOf({ ...FILES, clientCaFile: 'ca.pem' }, files)).toEqual([
    'receive.grpc.tls.certFile: ENOENT: no such file: c.pem',
    'receive.grpc.tls.keyFile: k.pem is not a private key in PEM format without a passphrase',
    'receive.grpc.tls.clientCaFile: ca.pem is not a certificate in PEM format',
  ]);
});

test('a key with a passphrase', () => {
  const key = one.privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'x',
  });
  expect(problemsOf(FILES, { 'c.pem': one.cert, 'k.pem': key.toString() })).toEqual([
    'receive.grpc.tls.keyFile: k.pem is not a private key in PEM format without a passphrase',
  ]);
});

test('a key of another certificate', () => {
  expect(problemsOf(FILES, { 'c.pem': one.cert, 'k.pem': other.key })).toEqual([
    'receive.grpc.tls.keyFile: k.pem is not the key of the certificate c.pem',
  ]);
});

test('keys that are missing, unknown or out of range', () => {
  expect(problemsOf({ certFile: 'c.pem', key: 'k.pem', minVersion: '1.1' }, {})).toEqual([
    expect.stringMatching(/^receive\.grpc\.tls\.keyFile: /),
    expect.stringMatching(/^receive\.grpc\.tls\.minVersion: "1\.1": /),
    expect.stringMatching(/^receive\.grpc\.tls\.key: unknown key/),
  ]);
});
