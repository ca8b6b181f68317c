import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { RollupPass } from '../../collector-processor/src/monitor/rollup/rollupPass';
import { createStatements } from '../../collector-processor/src/monitor/statements';
import type { RepeatedRun } from '../../collector-processor/src/monitor/repeatedRun';
import { WINDOW_JOB_DEFAULTS } from '../../collector-processor/src/monitor/windowJobSettings';
import type { InferenceRow } from '../support/insertInferences';
import { pastMinute, startWindowStore, type WindowStore } from '../support/startWindowStore';

let store: WindowStore;
/** A whole minute that is long over. */
let start: number;
let job: RepeatedRun;

beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(async () => {
  await store.stop();
});
beforeEach(async () => {
  await store.clear();
  start = pastMinute();
  job = store.createJob();
});

/** A row of a span; delivered again it has the same id and a later version. */
const span = (
  span_id: string,
  parent_span_id: string,
  fields: Record<string, unknown> = {},
): InferenceRow => ({
  inference_id: `t1:${span_id}:0`,
  trace_id: 't1',
  span_id,
  parent_span_id,
  model: 'gpt-4o',
  time: start,
  row_version: 1000,
  ...fields,
});
const container = (
  span_id: string,
  parent_span_id: string,
  fields: Record<string, unknown> = {},
): InferenceRow =>
  span(span_id, parent_span_id, { operation: 'invoke_agent', rollup: 1, ...fields });
const usage = (input: number, output: number) => ({ tokens: { input, output } });
const deliver = (...rows: InferenceRow[]) => store.insert(...rows);
const deliverSpans = (...links: [spanId: string, parentSpanId: string][]) =>
  store.insertSpans(
    links.map(([SpanId, ParentSpanId]) => ({
      Timestamp: (start / 1000).toFixed(3),
      TraceId: 't1',
      SpanId,
      ParentSpanId,
    })),
  );
const counted = async (): Promise<string[]> =>
  (await store.read<{ span_id: string }>('SELECT span_id FROM v_inferences ORDER BY span_id')).map(
    ({ span_id }) => span_id,
  );
const requests = async (): Promise<number> =>
  (await store.read<{ n: number }>('SELECT sum(requests) AS n FROM v_traffic'))[0]!.n;

describe('the rollup pass', () => {
  test('nested spans of the Vercel AI SDK: the outer one stays out, nothing is written', async () => {
    await deliver(
      container('outer', '', usage(30, 12)),
      span('step1', 'outer', usage(10, 4)),
      span('step2', 'outer', usage(20, 8)),
    );
    expect(await job.runNow()).toBe(true);
    expect([await counted(), store.changed, store.failures]).toEqual([['step1', 'step2'], 0, []]);
    expect(await store.read('SELECT count() AS n FROM ml_inferences')).toEqual([{ n: 3 }]);
  });

  test('an agent with tools: calls are found below spans that are no model calls', async () => {
    await deliverSpans(['tool', 'agent'], ['http', 'tool'], ['agent', '']);
    await deliver(container('agent', ''), span('call', 'http'));
    await job.runNow();
    expect([await counted(), store.changed]).toEqual([['call'], 0]);
  });

  test('a container with usage and without calls inside is the call; its row keeps all else', async () => {
    await deliver(
      container('agent', 'gone', {
        ...usage(5, 6),
        cost: '0.000000001',
        segments: { country: 'de' },
        feature_numbers: { a: 0.5 },
        violations: ['v'],
        sample_weight: 2,
        received_at: '2026-01-02 03:04:05.678',
      }),
    );
    const others = 'SELECT * EXCEPT (rollup, row_version, written_at) FROM ml_inferences FINAL';
    const before = await store.read(others);
    await job.runNow();
    expect([await counted(), store.changed, await requests()]).toEqual([['agent'], 1, 2]);
    expect(await store.read(others)).toEqual(before);
    expect(await store.read('SELECT row_version FROM ml_inferences FINAL')).toEqual([
      { row_version: 1001 },
    ]);
  });

  test('one call instrumented twice counts once, with the windows', async () => {
    await deliver(
      span('outer', '', { ...usage(10, 5), response_id: 'r1' }),
      span('inner', 'outer', { ...usage(10, 5), response_id: 'r1' }),
      span('second', '', { ...usage(10, 5), response_id: 'r2' }),
      span('third', 'between', usage(7, 7)),
      span('fourth', 'third', usage(7, 7)),
    );
    await job.runNow();
    expect([await counted(), await requests()]).toEqual([['fourth', 'inner', 'second'], 3]);
  });

  test('parent and child in different requests: the child comes later', async () => {
    await deliver(container('agent', ''));
    await job.runNow();
    expect([await counted(), await requests()]).toEqual([['agent'], 1]);
    await deliver(span('call', 'agent'));
    await job.runNow();
    expect([await counted(), store.changed, await requests()]).toEqual([['call'], 2, 1]);
  });

  test('parent and child in different requests: the parent comes later, to another job', async () => {
    await deliver(span('call', 'agent', usage(3, 3)));
    await job.runNow();
    await deliver(span('agent', '', usage(3, 3)));
    await store.createJob().runNow();
    expect([await counted(), await requests()]).toEqual([['call'], 1]);
  });

  test('a retry that flips a bit makes its trace looked at again', async () => {
    const agent = container('agent', '');
    await deliver(agent);
    await job.runNow();
    await deliver({ ...agent, row_version: 2000 });
    expect(await counted()).toEqual([]);
    await job.runNow();
    expect([await counted(), await requests()]).toEqual([['agent'], 1]);
    expect(await store.read('SELECT row_version FROM ml_inferences FINAL')).toEqual([
      { row_version: 2001 },
    ]);
  });

  test('rows that lie far apart, or that became visible late, are found by the second look', async () => {
    const never = new AbortController().signal;
    const signals = { stopping: never, abandoning: never };
    const settings = { ...WINDOW_JOB_DEFAULTS, nearMs: 0, farEveryMs: 0 };
    const pass = new RollupPass(createStatements(store.client, settings, signals), settings);
    await deliver(container('agent', ''));
    await pass.run(Date.now());
    await deliver(span('call', 'agent', { time: start + 300_000 }));
    const wasWritten = Date.now();
    await pass.run(wasWritten);
    expect(await counted()).toEqual(['agent', 'call']);
    await pass.run(wasWritten + settings.settleMs + 1);
    expect(await counted()).toEqual(['call']);
  });

  test('traces do not mix, nor tenants', async () => {
    await deliver(
      container('agent', ''),
      span('call', 'agent', { tenant: 'other', inference_id: 'other:call' }),
      span('call', 'agent', { trace_id: 't2', inference_id: 't2:call' }),
    );
    await job.runNow();
    expect(await counted()).toEqual(['agent', 'call', 'call']);
  });

  test('ids are data, whatever is in them', async () => {
    const trace_id = "it's \\ '); --";
    await deliver(container('agent', '', { trace_id, inference_id: "'\\" }));
    await job.runNow();
    expect([await counted(), store.failures]).toEqual([['agent'], []]);
  });

  test('many traces over many pages and days', async () => {
    const rows = Array.from({ length: 60 }, (_, index) =>
      container(`s${index}`, '', {
        trace_id: `trace${index}`,
        inference_id: `trace${index}`,
        time: start - (index % 3) * 86_400_000 + (index % 7),
      }),
    );
    await deliver(...rows);
    const small = store.createJob({ tracesPerPage: 7, maxTracesPerPass: 20 });
    while (!(await small.runNow())) expect(store.failures).toEqual([]);
    expect(await counted()).toHaveLength(60);
    expect(store.changed).toBe(60);
  });

  test('a trace with too many rows is left as it is, and told', async () => {
    await deliver(
      ...Array.from({ length: 4 }, (_, index) =>
        span(`s${index}`, '', { ...usage(1, 1), response_id: 'r1' }),
      ),
    );
    await store.createJob({ maxRowsPerTrace: 3 }).runNow();
    expect(await counted()).toHaveLength(4);
    expect(store.failures).toEqual(['rollups: 1 traces have more than 3 rows']);
  });

  test('a batch of predictions with one span stays whole', async () => {
    await deliver(
      ...Array.from({ length: 50 }, (_, index) =>
        span('batch', '', { inference_id: `t1:batch:${index}`, operation: 'predict' }),
      ),
    );
    await job.runNow();
    expect([await counted(), store.changed]).toEqual([
      Array.from({ length: 50 }, () => 'batch'),
      0,
    ]);
  });
});
