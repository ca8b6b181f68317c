import { connect } from 'node:http2';
import type { Processor } from '../support/processor';
import { startProcessor } from '../support/processor';
import { grpcFrame, rawGrpcCall } from '../support/rawGrpcCall';
import { JSON_TYPE, PROTOBUF, sendHttp, sendRaw } from '../support/sendHttp';

/** Everything that starts with one of these was in a token. */
const SECRETS = ['known-7f3a', 'wrong-91bc'];
const KNOWN = 'known-7f3a-0123456789';
const WRONG = 'wrong-91bc-9876543210';

let processor: Processor;
beforeAll(async () => {
  processor = await startProcessor({
    tokens: [{ token: KNOWN, tenant: 'blue' }],
    config: { telemetry: { logLevel: 'trace' } },
  });
});
afterAll(async () => {
  await processor.stop();
});

test('a token is in no answer, log line or metric, whether it was right or wrong', async () => {
  const url = `http://${processor.httpAddress}`;
  const answers: string[] = [];
  const requests: [headers: Record<string, string>, body: string][] = [
    [PROTOBUF, ''],
    [PROTOBUF, 'not protobuf'],
    [JSON_TYPE, '{"resourceSpans":['],
    [{ 'content-type': 'text/plain' }, 'x'],
    [{ ...PROTOBUF, 'content-encoding': 'snappy' }, 'x'],
    [{ ...PROTOBUF, 'content-encoding': 'gzip' }, 'x'],
  ];
  for (const authorization of [`Bearer ${KNOWN}`, `Bearer ${WRONG}`, `Basic ${WRONG}`, WRONG]) {
    for (const [headers, body] of requests) {
      const answer = await sendHttp(url, { headers: { ...headers, authorization }, body });
      answers.push(JSON.stringify(answer.headers), answer.body.toString());
    }
    answers.push(
      await sendRaw(url, [
        `POST /v1/traces HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nX Y\r\n\r\n`,
      ]),
    );
    const session = connect(`http://${processor.grpcAddress}`);
    for (const frame of [
      grpcFrame(Buffer.from('not protobuf')),
      grpcFrame(Buffer.from('x'), true),
    ]) {
      const answer = await rawGrpcCall(session, { headers: { authorization }, frames: [frame] });
      answers.push(JSON.stringify(answer.headers), answer.message, answer.body.toString());
    }
    session.destroy();
  }
  const metrics = await (await fetch(`http://${processor.adminAddress}/metrics`)).text();
  const ready = await (await fetch(`http://${processor.adminAddress}/readyz`)).text();
  await processor.stop();

  const output = [...answers, metrics, ready, processor.output].join('\n');
  expect(output).toContain('unauthenticated');
  expect(output).toContain('requestRefused');
  for (const secret of SECRETS) expect(output).not.toContain(secret);
});
