import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createRecordingConsumer } from '../support/recordingConsumer';
import { startReceivers } from '../support/startReceivers';
import type { ReceiverOptions, RunningReceivers } from '../support/startReceivers';

const SCRIPT = join(__dirname, '../support/exportOneSpan.mjs');
const PROTOCOLS = ['grpc', 'proto', 'http'] as const;

let receivers: RunningReceivers;
const start = async (options: ReceiverOptions = {}): Promise<RunningReceivers> => {
  receivers = await startReceivers(options);
  return receivers;
};
afterEach(() => receivers.stop());

/** A process with the JavaScript SDK that exports one span and ends. */
async function exportOne(
  protocol: (typeof PROTOCOLS)[number],
  { grpcAddress, httpUrl }: RunningReceivers,
  compression = 'none',
): Promise<void> {
  const url = protocol === 'grpc' ? `http://${grpcAddress}` : `${httpUrl}/v1/traces`;
  await promisify(execFile)(process.execPath, [SCRIPT, protocol, url, compression]);
}

describe.each(PROTOCOLS)('the JavaScript SDK over %s', (protocol) => {
  test.each(['none', 'gzip'])('with compression %s', async (compression) => {
    const running = await start();
    await exportOne(protocol, running, compression);

    const [span, ...more] = running.consumer.spans();
    expect(more).toHaveLength(0);
    expect(span).toMatchObject({
      name: 'chat gpt',
      kind: 3,
      startTimeUnixNano: '1700000000000000001',
      endTimeUnixNano: '1700000000000000500',
      attributes: [
        { key: 'gen_ai.request.model', value: { stringValue: 'grüße' } },
        { key: 'gen_ai.usage.input_tokens', value: { intValue: '4294967299' } },
        { key: 'temperature', value: { doubleValue: 0.25 } },
        { key: 'stream', value: { boolValue: false } },
        {
          key: 'stops',
          value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } },
        },
      ],
      events: [{ name: 'first token', timeUnixNano: '1700000000000000002' }],
      status: { code: 2, message: 'late' },
    });
    expect(Buffer.from(span!.traceId, 'base64')).toHaveLength(16);
    expect(Buffer.from(span!.spanId, 'base64')).toHaveLength(8);
    expect(running.answers.map(({ status }) => status)).toEqual(['accepted']);
    expect(running.refusals).toEqual([]);
  });
});

// Over gRPC this SDK does not send again by itself.
test.each(['proto', 'http'] as const)('over %s it sends again when asked to', async (protocol) => {
  let calls = 0;
  const consumer = createRecordingConsumer(() =>
    calls++ === 0
      ? { status: 'retry', retryAfterMs: 100, reason: 'the store is down' }
      : { status: 'accepted', rejected: 0 },
  );
  const running = await start({ consumer });
  await exportOne(protocol, running);
  expect(running.answers.map(({ status }) => status)).toEqual(['retry', 'accepted']);
  const [first, second] = running.consumer.spans();
  expect(second).toEqual(first);
});

test.each(PROTOCOLS)('over %s it does not send again what was refused', async (protocol) => {
  const consumer = createRecordingConsumer(() => ({ status: 'refused', reason: 'bad' }));
  const running = await start({ consumer });
  await exportOne(protocol, running);
  expect(running.answers.map(({ status }) => status)).toEqual(['refused']);
});
