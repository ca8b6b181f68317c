import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { request } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import type { TlsSettings } from '../../collector-processor/src/receive/settings';
import { type Certified, makeCertificate, writeCertificate } from '../support/certificates';
import { traceRequestType } from '../support/otlpProto';
import { EXPORT_TRACES, grpcFrame, rawGrpcCall } from '../support/rawGrpcCall';
import { startReceivers, type RunningReceivers } from '../support/startReceivers';
import { until } from '../support/until';

const MIB = 1024 * 1024;
const authority = makeCertificate({ name: 'Test Authority' });
const stranger = makeCertificate({ name: 'Another Authority' });
const server = makeCertificate({ name: 'localhost', issuer: authority });
const client = makeCertificate({ name: 'service', issuer: authority });
const type = traceRequestType();
const body = Buffer.from(
  type
    .encode(type.fromObject({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'a' }] }] }] }))
    .finish(),
);

let directory: string;
let receivers: RunningReceivers | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'plumbline-tls-'));
});
afterEach(async () => {
  await receivers?.stop();
  receivers = undefined;
  rmSync(directory, { recursive: true, force: true });
});

function filesOf(certified: Certified, overrides: Partial<TlsSettings> = {}): TlsSettings {
  return {
    ...writeCertificate(directory, certified),
    clientCaFile: null,
    minVersion: '1.2',
    handshakeTimeoutMs: 1000,
    checkEveryMs: 50,
    ...overrides,
  };
}

const start = async (tls: TlsSettings): Promise<RunningReceivers> => {
  receivers = await startReceivers({ grpc: { tls }, http: { tls } });
  return receivers;
};
const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1));
const caFile = (): string => {
  const path = join(directory, 'ca.pem');
  writeFileSync(path, authority.cert);
  return path;
};

/** The status of one request over HTTPS, or the code of the error that it ended in. */
const sendHttps = (
  { httpUrl }: RunningReceivers,
  options: ConnectionOptions = {},
  [headers, sent]: [Record<string, string>, Buffer] = [{}, body],
): Promise<number | string> =>
  new Promise((resolve) => {
    const outgoing = request(`${httpUrl}/v1/traces`, {
      method: 'POST',
      ca: authority.cert,
      agent: false,
      headers: { 'content-type': 'application/x-protobuf', ...headers },
      ...options,
    });
    outgoing.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    outgoing.end(sent);
  });

/** The gRPC status of one call over TLS made as a service makes it; 14 when there is no connection. */
const sendGrpc = ({ grpcAddress }: RunningReceivers, identity?: Certified): Promise<number> => {
  const channel = credentials.createSsl(
    Buffer.from(authority.cert),
    identity ? Buffer.from(identity.key) : null,
    identity ? Buffer.from(identity.cert) : null,
  );
  const caller = new Client(grpcAddress, channel);
  const same = (bytes: Buffer): Buffer => bytes;
  return new Promise((resolve) => {
    const deadline = Date.now() + 5000;
    caller.makeUnaryRequest(
      EXPORT_TRACES,
      same,
      same,
      body,
      new Metadata(),
      { deadline },
      (error) => {
        caller.close();
        resolve(error?.code ?? 0);
      },
    );
  });
};

/** The certificate that a port shows. */
const shownBy = (address: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket: TLSSocket = connectTls(
      {
        host: '127.0.0.1',
        port: portOf(address),
        ca: authority.cert,
        ALPNProtocols: ['h2', 'http/1.1'],
      },
      () => {
        resolve(socket.getPeerX509Certificate()!.serialNumber);
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });

describe('TLS', () => {
  test('requests over both ports, with and without gzip', async () => {
    const running = await start(filesOf(server));
    expect(await sendHttps(running)).toBe(200);
    expect(await sendHttps(running, {}, [{ 'content-encoding': 'gzip' }, gzipSync(body)])).toBe(
      200,
    );
    expect(await sendGrpc(running)).toBe(0);
    expect(running.consumer.spans().map(({ name }) => name)).toEqual(['a', 'a', 'a']);
    expect(running.told.toSorted()).toEqual(['grpc loaded', 'http loaded']);
  });

  test('plain text is not answered, and others are served', async () => {
    const running = await start(filesOf(server));
    for (const port of [portOf(running.grpcAddress), portOf(running.httpUrl)]) {
      const socket = connectTcp(port, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      socket.write('POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
      await new Promise((resolve) => socket.once('close', resolve));
    }
    expect(running.told.slice(2).toSorted()).toEqual([
      'grpc ERR_SSL_HTTP_REQUEST',
      'http ERR_SSL_HTTP_REQUEST',
    ]);
    expect([await sendHttps(running), await sendGrpc(running)]).toEqual([200, 0]);
  });

  test('a connection that says nothing is ended at the deadline of the handshake', async () => {
    const running = await start(filesOf(server, { handshakeTimeoutMs: 300 }));
    const ended = [portOf(running.grpcAddress), portOf(running.httpUrl)].map(async (port) => {
      const socket = connectTcp(port, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      const since = Date.now();
      await new Promise((resolve) => socket.once('close', resolve));
      return Date.now() - since;
    });
    for (const ms of await Promise.all(ended)) expect(ms).toBeLessThan(2000);
    expect(running.told.slice(2).toSorted()).toEqual([
      'grpc ERR_TLS_HANDSHAKE_TIMEOUT',
      'http ERR_TLS_HANDSHAKE_TIMEOUT',
    ]);
  });

  test('connections in their handshake and idle ones do not hold up a stop', async () => {
    const running = await start(filesOf(server, { handshakeTimeoutMs: 60_000 }));
    const sockets = [running.grpcAddress, running.httpUrl].flatMap((address) => {
      const plain = connectTcp(portOf(address), '127.0.0.1');
      const secure = connectTls({
        host: '127.0.0.1',
        port: portOf(address),
        ca: authority.cert,
        ALPNProtocols: ['h2', 'http/1.1'],
      });
      return [plain, secure];
    });
    for (const socket of sockets) socket.on('error', () => undefined).resume();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = Date.now();
    await running.stop(AbortSignal.timeout(5000));
    expect(Date.now() - began).toBeLessThan(1500);
    for (const socket of sockets) socket.destroy();
  });

  test.each([
    ['1.2', true],
    ['1.3', false],
  ] as const)('from version %s on: a client of 1.2 is served: %s', async (minVersion, served) => {
    const running = await start(filesOf(server, { minVersion }));
    expect((await sendHttps(running, { maxVersion: 'TLSv1.2' })) === 200).toBe(served);
    expect(await sendHttps(running)).toBe(200);
    expect(await sendGrpc(running)).toBe(0);
  });

  test('the flow-control window is raised under TLS too', async () => {
    const running = await start(filesOf(server));
    const session: ClientHttp2Session = connectHttp2(`https://${running.grpcAddress}`, {
      ca: authority.cert,
    });
    await new Promise((resolve) => session.once('remoteSettings', resolve));
    expect(session.remoteSettings).toMatchObject({ initialWindowSize: 8 * MIB, maxFrameSize: MIB });
    expect((await rawGrpcCall(session, { frames: [grpcFrame(body)] })).code).toBe(0);
    expect(session.state.remoteWindowSize).toBeGreaterThan(7 * MIB);
    session.destroy();
  });
});

describe('mTLS', () => {
  test('only clients with a certificate of the authority may send', async () => {
    const running = await start(filesOf(server, { clientCaFile: caFile() }));
    expect(await sendHttps(running, { cert: client.cert, key: client.key })).toBe(200);
    expect(await sendGrpc(running, client)).toBe(0);
    expect(running.consumer.requests).toHaveLength(2);

    const forged = makeCertificate({ name: 'service', issuer: stranger });
    expect(await sendHttps(running)).not.toBe(200);
    expect(await sendHttps(running, { cert: forged.cert, key: forged.key })).not.toBe(200);
    expect(await sendGrpc(running)).toBe(14);
    expect(await sendGrpc(running, forged)).toBe(14);
    expect(running.consumer.requests).toHaveLength(2);
    expect(running.told).toContain('http ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE');
    expect(running.told.some((line) => line.startsWith('grpc ERR_SSL'))).toBe(true);
  });
});

describe('renewal', () => {
  const next = makeCertificate({ name: 'localhost', issuer: authority });

  test('a new certificate serves new connections, open ones stay', async () => {
    const tls = filesOf(server);
    const running = await start(tls);
    const addresses = [running.grpcAddress, running.httpUrl];
    const before = await Promise.all(addresses.map(shownBy));
    const open = connectHttp2(`https://${running.grpcAddress}`, { ca: authority.cert });
    await new Promise((resolve) => open.once('connect', resolve));

    filesOf(next);
    await until(() => running.told.filter((line) => line.endsWith('renewed')).length === 2);
    const after = await Promise.all(addresses.map(shownBy));
    expect(after[0]).toBe(after[1]);
    expect(after[0]).not.toBe(before[0]);
    expect((await rawGrpcCall(open, { frames: [grpcFrame(body)] })).code).toBe(0);
    expect([await sendHttps(running), await sendGrpc(running)]).toEqual([200, 0]);
    open.destroy();
  });

  test('files that do not fit together change nothing, until they do', async () => {
    const tls = filesOf(server);
    const running = await start(tls);
    writeFileSync(tls.certFile, next.cert);
    await until(() => running.told.some((line) => line.includes('is not the key of')));
    expect([await sendHttps(running), await sendGrpc(running)]).toEqual([200, 0]);
    writeFileSync(tls.keyFile, next.key);
    await until(() => running.told.filter((line) => line.endsWith('renewed')).length === 2);
    expect([await sendHttps(running), await sendGrpc(running)]).toEqual([200, 0]);
  });

  test('behind a symbolic link that is replaced, as Kubernetes does it', async () => {
    const running = await start({ ...filesOf(server), certFile: link('first', server) });
    const before = await shownBy(running.httpUrl);
    link('second', next);
    writeFileSync(join(directory, 'key.pem'), next.key);
    await until(async () => (await shownBy(running.httpUrl)) !== before);
  });

  function link(name: string, { cert }: Certified): string {
    const path = join(directory, 'linked.pem');
    writeFileSync(join(directory, name), cert);
    symlinkSync(name, `${path}.new`);
    renameSync(`${path}.new`, path);
    return path;
  }
});

test('files that cannot be used end the start, named with their keys', async () => {
  const tls = filesOf(server, { clientCaFile: join(directory, 'missing.pem') });
  writeFileSync(tls.certFile, 'no certificate');
  await expect(start(tls)).rejects.toThrow(
    new RegExp(
      `^receive\\.grpc\\.tls\\.certFile: ${tls.certFile} is not a certificate in PEM format\\nreceive\\.grpc\\.tls\\.clientCaFile: .*ENOENT.*missing\\.pem'$`,
    ),
  );
});
