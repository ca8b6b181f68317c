import { writeFileSync } from 'node:fs';
import { makeCertificate, writeCertificate } from '../support/certificates';
import { BYTES, ForwardBench, forwardRequest, NO_TLS, settled } from '../support/forwardBench';
import { until } from '../support/until';

describe.each(['grpc', 'http'] as const)('forwarding over %s with TLS', (protocol) => {
  let bench: ForwardBench;

  beforeEach(() => {
    bench = new ForwardBench(protocol);
  });
  afterEach(() => bench.stop());

  test('TLS: takes only a certificate of the given authority, shows its own, and can be told not to look', async () => {
    const certificate = makeCertificate({ name: 'collector' });
    const own = writeCertificate(bench.directory, certificate);
    const sink = await bench.sinkOf({ certificate, mutual: true });
    const good = await bench.forwardTo(sink.endpoint, {
      tls: { ...NO_TLS, ...own, caFile: own.certFile },
    });
    good.forwarder.offer(forwardRequest(BYTES), 1);
    await settled(good);
    const blind = await bench.forwardTo(sink.endpoint, {
      tls: { ...NO_TLS, ...own, insecureSkipVerify: true },
    });
    blind.forwarder.offer(forwardRequest(BYTES), 2);
    await settled(blind);
    expect(bench.told).toEqual(['sent traces 1', 'sent traces 2']);
    const wary = await bench.forwardTo(sink.endpoint, { tls: { ...NO_TLS, ...own } });
    wary.forwarder.offer(forwardRequest(BYTES), 3);
    await settled(wary);
    const anonymous = await bench.forwardTo(sink.endpoint, {
      tls: { ...NO_TLS, caFile: own.certFile },
    });
    anonymous.forwarder.offer(forwardRequest(BYTES), 4);
    await settled(anonymous);
    expect(bench.told.filter((line) => line.startsWith('dropped'))).toEqual([
      'dropped traces 3 attempts',
      'dropped traces 4 attempts',
    ]);
    expect(sink.requests).toHaveLength(2);
  });

  test('TLS: renewed files are used without a restart; files that do not fit change nothing', async () => {
    const first = makeCertificate({ name: 'first' });
    const second = makeCertificate({ name: 'second' });
    const files = writeCertificate(bench.directory, first);
    const before = await bench.sinkOf({ certificate: first, mutual: true });
    const forward = await bench.forwardTo(before.endpoint, {
      tls: { ...NO_TLS, ...files, caFile: files.certFile },
    });
    forward.forwarder.offer(forwardRequest(BYTES), 1);
    await settled(forward);
    expect([bench.told, bench.certificates]).toEqual([['sent traces 1'], ['loaded']]);
    await before.stop();

    writeFileSync(files.certFile, second.cert);
    await until(() => bench.certificates.some((text) => text.includes('key values mismatch')));
    expect(bench.certificates).not.toContain('renewed');
    writeFileSync(files.keyFile, second.key);
    await until(() => bench.certificates.includes('renewed'));
    const port = Number(new URL(before.endpoint).port);
    const after = await bench.sinkOf({ certificate: second, mutual: true, port });
    forward.forwarder.offer(forwardRequest(BYTES), 2);
    await settled(forward);
    expect(bench.told.at(-1)).toBe('sent traces 2');
    expect(after.requests).toHaveLength(1);
  });

  test('TLS: the name in the certificate can differ from the host', async () => {
    const certificate = makeCertificate({ name: 'collector', host: 'otlp.example' });
    const sink = await bench.sinkOf({ certificate });
    const tls = { ...NO_TLS, caFile: writeCertificate(bench.directory, certificate).certFile };
    const named = await bench.forwardTo(sink.endpoint, {
      tls: { ...tls, serverName: 'otlp.example' },
    });
    named.forwarder.offer(forwardRequest(BYTES), 1);
    await settled(named);
    const plain = await bench.forwardTo(sink.endpoint, { tls });
    plain.forwarder.offer(forwardRequest(BYTES), 2);
    await settled(plain);
    expect(bench.told.filter((line) => line !== 'retried')).toEqual([
      'sent traces 1',
      'dropped traces 2 attempts',
    ]);
  });

  test('a file that is not there stops the start', async () => {
    const tls = { ...NO_TLS, caFile: '/nowhere/ca.pem' };
    await expect(bench.forwardTo('https://localhost:1', { tls })).rejects.toThrow(
      '/nowhere/ca.pem',
    );
  });
});
