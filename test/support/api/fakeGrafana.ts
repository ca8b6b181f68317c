import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const newPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

export interface Signing {
  readonly key?: KeyObject;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** What a Grafana shows of its signing keys, and the identities that it would send; keys are made at run time. */
export interface FakeGrafana {
  readonly url: string;
  /** How often its keys were asked for. */
  readonly asked: number;
  /** While set, it answers with this status. */
  status: number;
  /** A key of the same kind that it does not show. */
  readonly foreignKey: KeyObject;
  /** The private key of the key that it shows. */
  readonly key: KeyObject;
  /** Makes new keys under another name; the ones before are shown no more. */
  rotate(kid: string): void;
  /** A signed identity: an Editor of organisation 1 unless told otherwise. */
  identity(claims?: Readonly<Record<string, unknown>>, signing?: Signing): string;
  stop(): Promise<void>;
}

export async function startFakeGrafana(): Promise<FakeGrafana> {
  let pair = newPair();
  let kid = 'id-2026-11-es256';
  let asked = 0;
  const state = { status: 200 };
  const server = createServer((request, response) => {
    if (request.url !== '/api/signing-keys/keys') {
      response.writeHead(404).end();
      return;
    }
    asked++;
    const jwk = pair.publicKey.export({ format: 'jwk' });
    response.writeHead(state.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [{ ...jwk, use: 'sig', alg: 'ES256', kid }] }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    foreignKey: newPair().privateKey,
    get key() {
      return pair.privateKey;
    },
    get asked() {
      return asked;
    },
    get status() {
      return state.status;
    },
    set status(value) {
      state.status = value;
    },
    rotate(next) {
      pair = newPair();
      kid = next;
    },
    identity(claims = {}, { key = pair.privateKey, header = {} } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const payload = {
        aud: 'org:1',
        iss: `${url}/`,
        namespace: 'default',
        iat: now,
        exp: now + 600,
        sub: 'user:3',
        type: 'user',
        role: 'Editor',
        identifier: 'uid-of-3',
        username: 'eve',
        ...claims,
      };
      const text = `${base64({ alg: 'ES256', kid, typ: 'jwt', ...header })}.${base64(payload)}`;
      const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
      return `${text}.${signature.toString('base64url')}`;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
