import { createTelemetry, type Telemetry } from './telemetry';

const setUp = () => {
  const lines: Record<string, unknown>[] = [];
  const time = { now: 1_000_000 };
  const telemetry = createTelemetry(
    {
      logLevel: 'debug',
      endpoint: null,
      headers: {},
      intervalMs: 1000,
      serviceInstanceId: 'one',
      version: '1.2.3',
    },
    {
      stream: { write: (line) => void lines.push(JSON.parse(line) as never) },
      clock: () => time.now,
    },
  );
  return { telemetry, events: telemetry.events, lines, time };
};

/** The samples of our own metrics, as Prometheus would read them. */
const samples = async ({ registry }: Telemetry): Promise<string[]> =>
  (await registry.metrics())
    .split('\n')
    .filter((line) => line.startsWith('plumbline_') && !/_bucket|_build_info/.test(line));

describe('the event catalogue', () => {
  it('counts answers and refusals of requests', async () => {
    const { telemetry, events, lines } = setUp();
    const request = { protocol: 'grpc', signal: 'traces' } as const;
    events.requestAnswered({ ...request, status: 'accepted', bytes: 500, milliseconds: 250 });
    events.requestAnswered({ ...request, status: 'retry', bytes: 100, milliseconds: 1 });
    events.requestRefused({ protocol: 'http', signal: undefined, reason: 'path', bytes: 0 });
    events.connectionRefused({ protocol: 'grpc' });
    events.consumerFailed({ ...request, error: new Error('bug') });
    expect(await samples(telemetry)).toEqual(
      expect.arrayContaining([
        'plumbline_requests_answered_total{signal="traces",protocol="grpc",status="accepted"} 1',
        'plumbline_requests_answered_total{signal="traces",protocol="grpc",status="retry"} 1',
        'plumbline_request_bytes_total{signal="traces",protocol="grpc"} 600',
        'plumbline_request_duration_seconds_sum{signal="traces",protocol="grpc"} 0.251',
        'plumbline_requests_refused_total{signal="unknown",protocol="http",reason="path"} 1',
        'plumbline_connections_refused_total{protocol="grpc"} 1',
      ]),
    );
    expect(lines.map(({ event, level }) => [event, level])).toEqual([
      ['requestRefused', 'warn'],
      ['connectionRefused', 'warn'],
      ['consumerFailed', 'error'],
    ]);
    expect(lines[0]).toMatchObject({
      service: 'plumbline',
      instance: 'one',
      reason: 'path',
      count: 1,
    });
  });

  it('counts what the store did, and loses no row without count and reason', async () => {
    const { telemetry, events, lines } = setUp();
    events.blockInserted({ table: 'otel_traces', rows: 512, bytes: 4096, durationMs: 20 });
    events.insertFailed({ table: 'otel_traces', code: '117', reason: 'bad', class: 'data' });
    events.rowsDeadLettered({ table: 'otel_traces', rows: 3, reason: 'bad', kept: true });
    events.rowsDeadLettered({ table: 'otel_traces', rows: 4, reason: 'bad2', kept: false });
    events.migrationApplied({ name: '0001_x', durationMs: 5 });
    events.retentionChanged({ table: 'otel_traces', before: null, after: 30 });
    expect(await samples(telemetry)).toEqual(
      expect.arrayContaining([
        'plumbline_rows_inserted_total{table="otel_traces"} 512',
        'plumbline_inserted_bytes_total{table="otel_traces"} 4096',
        'plumbline_insert_duration_seconds_count{table="otel_traces"} 1',
        'plumbline_inserts_failed_total{table="otel_traces",class="data",code="117"} 1',
        'plumbline_rows_dead_lettered_total{table="otel_traces",reason="bad"} 3',
        'plumbline_rows_dropped_total{table="otel_traces",reason="bad2"} 4',
        'plumbline_migrations_applied_total 1',
        'plumbline_retention_changed_total{table="otel_traces"} 1',
      ]),
    );
    expect(lines.find(({ kept }) => kept === false)).toMatchObject({
      event: 'rowsDeadLettered',
      level: 'error',
      count: 4,
      reason: 'bad2',
    });
  });

  it('counts engine, inferences and jobs', async () => {
    const { telemetry, events } = setUp();
    const url = 'http://127.0.0.1:8123';
    events.engineChanged({ name: 'started', pid: 1, url, version: '26.7', tookMs: 300 });
    events.engineChanged({ name: 'exited', pid: 1, code: null, signal: 'SIGKILL', output: '' });
    events.engineChanged({ name: 'restarting', attempt: 1, inMs: 100, reason: 'SIGKILL' });
    events.inferencesCounted({ convention: 'otel', status: 'ok', n: 40 });
    events.unpriced({ provider: 'acme', model: 'm1', n: 2 });
    events.windowsComputed({ kind: 'traffic', windows: 6, rows: 60, durationMs: 9 });
    events.rollupsChanged({ n: 5 });
    events.jobFailed({ job: 'traffic', reason: 'down' });
    events.valuesRedacted({ kind: 'email', rule: 'people', action: 'hash', n: 2 });
    events.valuesRedacted({ kind: 'email', rule: 'people', action: 'hash', n: 3 });
    telemetry.gauge('plumbline_in_flight_bytes', 'h', () => 42);
    expect(await samples(telemetry)).toEqual(
      expect.arrayContaining([
        'plumbline_engine_up 0',
        'plumbline_engine_changes_total{change="started"} 1',
        'plumbline_engine_changes_total{change="exited"} 1',
        'plumbline_inferences_total{convention="otel",status="ok"} 40',
        'plumbline_inferences_unpriced_total{provider="acme",model="m1"} 2',
        'plumbline_windows_computed_total{kind="traffic"} 6',
        'plumbline_rollups_changed_total 5',
        'plumbline_jobs_failed_total{job="traffic"} 1',
        'plumbline_redacted_values_total{kind="email",rule="people",action="hash"} 5',
        'plumbline_in_flight_bytes 42',
      ]),
    );
  });

  it('names the version and shows the process', async () => {
    const text = await setUp().telemetry.registry.metrics();
    expect(text).toContain('plumbline_build_info{version="1.2.3"} 1');
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('writes one line for many alike and then tells how many it left out', () => {
    const { events, lines, time } = setUp();
    const refusal = { protocol: 'http', signal: 'traces', reason: 'malformed', bytes: 9 };
    for (let at = 0; at < 1000; at += 1) events.requestRefused(refusal);
    events.requestRefused({ ...refusal, reason: 'too_large' });
    expect(lines).toHaveLength(2);
    time.now += 10_000;
    events.requestRefused(refusal);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatchObject({ reason: 'malformed', suppressed: 999 });
    expect(lines[0]).not.toHaveProperty('suppressed');
  });

  it('bounds the label values that senders choose', async () => {
    const { telemetry, events } = setUp();
    for (let at = 0; at < 500; at += 1) {
      events.unpriced({ provider: 'p', model: `model-${at}`, n: 1 });
      events.rowsDeadLettered({ table: 't', rows: 1, reason: `reason ${at}`, kept: true });
    }
    const all = await samples(telemetry);
    const series = (name: string): string[] => all.filter((line) => line.startsWith(name));
    expect(series('plumbline_inferences_unpriced_total')).toHaveLength(201);
    expect(series('plumbline_rows_dead_lettered_total')).toHaveLength(51);
    expect(all).toContain(
      'plumbline_inferences_unpriced_total{provider="other",model="other"} 300',
    );
    expect(all).toContain('plumbline_rows_dead_lettered_total{table="t",reason="other"} 450');
  });

  it('runs work without spans while no endpoint is set', async () => {
    const { telemetry } = setUp();
    const result = await telemetry.tracing.inSpan('flush', { requests: 3 }, (notes) => {
      notes.set({ rows: 1 });
      notes.fail('no');
      return Promise.resolve(5);
    });
    expect(result).toBe(5);
    await telemetry.start();
    await telemetry.stop(AbortSignal.timeout(100));
  });
});
