import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createWindowJob, type WindowJob } from '../../collector-processor/src/monitor/windowJob';
import { WINDOW_JOB_DEFAULTS } from '../../collector-processor/src/monitor/windowJobSettings';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startEngine, type TestEngine } from '../support/engine';
import { insertInferences, type InferenceRow } from '../support/insertInferences';

const failures: string[] = [];
let changed = 0;
const events = {
  windowsComputed: (): void => undefined,
  rollupsChanged: ({ n }: { n: number }): void => {
    changed += n;
  },
  jobFailed: ({ job, reason }: { job: string; reason: string }): void => {
    failures.push(`${job}: ${reason}`);
  },
};
let engine: TestEngine;
let start: number;
let job: WindowJob;

const read = async <Row>(query: string): Promise<Row[]> =>
  (await engine.client.query({ query, format: 'JSONEachRow' })).json<Row>();
const createJob = (settings: Partial<typeof WINDOW_JOB_DEFAULTS> = {}): WindowJob =>
  createWindowJob({ client: engine.client, events }, { ...WINDOW_JOB_DEFAULTS, ...settings });

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
const deliver = (...rows: InferenceRow[]) => insertInferences(engine.client, rows);
const deliverSpans = (...links: [spanId: string, parentSpanId: string][]) =>
  engine.client.insert({
    table: 'otel_traces',
    columns: ['Timestamp', 'TraceId', 'SpanId', 'ParentSpanId'],
    values: links.map(([SpanId, ParentSpanId]) => ({
      Timestamp: (start / 1000).toFixed(3),
      TraceId: 't1',
      SpanId,
      ParentSpanId,
    })),
    format: 'JSONEachRow',
  });
const counted = async (): Promise<string[]> =>
  (await read<{ span_id: string }>('SELECT span_id FROM v_inferences ORDER BY span_id')).map(
    ({ span_id }) => span_id,
  );
const requests = async (): Promise<number> =>
  (await read<{ n: number }>('SELECT sum(requests) AS n FROM v_traffic'))[0]!.n;

beforeAll(async () => {
  engine = await startEngine();
  await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
});
afterAll(async () => {
  await engine.stop();
});
beforeEach(async () => {
  failures.length = 0;
  changed = 0;
  start = Math.floor((Date.now() - 3_600_000) / 60_000) * 60_000;
  for (const table of ['ml_inferences', 'ml_traffic_windows', 'otel_traces']) {
    await engine.client.command({ query: `TRUNCATE TABLE ${table}` });
  }
  job = createJob();
});

describe('the rollup pass', () => {
  test('nested spans of the Vercel AI SDK: the outer one stays out, nothing is written', async () => {
    await deliver(
      container('outer', '', usage(30, 12)),
      span('step1', 'outer', usage(10, 4)),
      span('step2', 'outer', usage(20, 8)),
    );
    expect(await job.runNow()).toBe(true);
    expect([await counted(), changed, failures]).toEqual([['step1', 'step2'], 0, []]);
    expect(await read('SELECT count() AS n FROM ml_inferences')).toEqual([{ n: 3 }]);
  });

  test('an agent with tools: calls are found below spans that are no model calls', async () => {
    await deliverSpans(['tool', 'agent'], ['http', 'tool'], ['agent', '']);
    await deliver(container('agent', ''), span('call', 'http'));
    await job.runNow();
    expect([await counted(), changed]).toEqual([['call'], 0]);
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
    const before = await read(others);
    await job.runNow();
    expect([await counted(), changed, await requests()]).toEqual([['agent'], 1, 2]);
    expect(await read(others)).toEqual(before);
    expect(await read('SELECT row_version FROM ml_inferences FINAL')).toEqual([
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
    expect([await counted(), changed, await requests()]).toEqual([['call'], 2, 1]);
  });

  test('parent and child in different requests: the parent comes later, to another job', async () => {
    await deliver(span('call', 'agent', usage(3, 3)));
    await job.runNow();
    await deliver(span('agent', '', usage(3, 3)));
    await createJob().runNow();
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
    expect(await read('SELECT row_version FROM ml_inferences FINAL')).toEqual([
      { row_version: 2001 },
    ]);
  });

  test('rows that lie far apart, or that became visible late, are found by the second look', async () => {
    const patient = createJob({ settleMs: 1_000, nearMs: 0, farEveryMs: 0 });
    await deliver(container('agent', ''));
    await patient.runNow();
    await deliver(span('call', 'agent', { time: start + 300_000 }));
    await patient.runNow();
    expect(await counted()).toEqual(['agent', 'call']);
    await engine.client.command({ query: 'SELECT sleep(1.1)' });
    await patient.runNow();
    expect([await counted(), await requests()]).toEqual([['call'], 1]);
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
    expect([await counted(), failures]).toEqual([['agent'], []]);
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
    const small = createJob({ tracesPerPage: 7, maxTracesPerPass: 20 });
    while (!(await small.runNow())) expect(failures).toEqual([]);
    expect(await counted()).toHaveLength(60);
    expect(changed).toBe(60);
  });

  test('a trace with too many rows is left as it is, and told', async () => {
    await deliver(
      ...Array.from({ length: 4 }, (_, index) =>
        span(`s${index}`, '', { ...usage(1, 1), response_id: 'r1' }),
      ),
    );
    await createJob({ maxRowsPerTrace: 3 }).runNow();
    expect(await counted()).toHaveLength(4);
    expect(failures).toEqual(['rollups: 1 traces have more than 3 rows']);
  });

  test('a batch of predictions with one span stays whole', async () => {
    await deliver(
      ...Array.from({ length: 50 }, (_, index) =>
        span('batch', '', { inference_id: `t1:batch:${index}`, operation: 'predict' }),
      ),
    );
    await job.runNow();
    expect([await counted(), changed]).toEqual([Array.from({ length: 50 }, () => 'batch'), 0]);
  });
});
