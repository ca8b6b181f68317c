import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { rowsOf } from '../support/clickHouse';
import { metricRequestType } from '../support/otlpMetricProto';
import { type OtlpSink, startOtlpSink } from '../support/otlpSink';
import { type Processor, startProcessor } from '../support/processor';
import { JSON_TYPE, sendHttp } from '../support/sendHttp';
import { until } from '../support/until';

const HOUR = 3_600_000;
const hour = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
const time = (hour / 1000).toFixed(3);
const WHO = { tenant: 'default', environment: 'prod', model: 'fraud', version: 'v1', time };

let sink: OtlpSink;
let processor: Processor;
let store: ClickHouseClient;
beforeAll(async () => {
  sink = await startOtlpSink({ protocol: 'http' });
  processor = await startProcessor({
    config: {
      forward: { endpoint: sink.endpoint, protocol: 'http', metricsEveryMs: 300 },
      monitor: { enabled: false },
      signals: { everyMs: 1000, maxPerKind: 5 },
    },
  });
  store = createClient({ url: processor.storeUrl });
}, 120_000);
afterAll(async () => {
  await store.close();
  await processor.stop();
  await sink.stop();
});

const insert = (table: string, values: readonly object[]) => {
  const columns = [...new Set(values.flatMap((row) => Object.keys(row)))] as [string];
  return store.insert({ table, columns, values, format: 'JSONEachRow' });
};
const metrics = async () => (await fetch(`http://${processor.adminAddress}/metrics`)).text();
const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const sendSpan = (spanId: string) => {
  const nanoseconds = String(BigInt(Date.now()) * 1_000_000n);
  const attributes = [
    attribute('ml.model.name', 'fraud'),
    attribute('ml.model.version', 'v1'),
    { key: 'ml.prediction.score', value: { doubleValue: 0.5 } },
  ];
  const span = {
    ...{ traceId: '0'.repeat(31) + '1', spanId, name: 'predict', kind: 1, attributes },
    ...{ startTimeUnixNano: nanoseconds, endTimeUnixNano: nanoseconds },
  };
  const resource = { attributes: [attribute('deployment.environment.name', 'prod')] };
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] });
  return sendHttp(`http://${processor.httpAddress}`, { headers: JSON_TYPE, body });
};

describe('signals of a running processor', () => {
  test('spans say nothing of drift while nothing is known', async () => {
    expect((await sendSpan('0000000000000001')).status).toBe(200);
    await until(async () => (await metrics()).includes('plumbline_signals_age_seconds'));
    expect(await metrics()).not.toContain('plumbline_drift_score{');
  });

  test('what the monitor found is on /metrics, downstream, and on the spans that follow', async () => {
    const drift = { ...WHO, segment: '', window_minutes: 60, baseline: 'auto', drift_version: '1' };
    await insert('ml_drift', [
      { ...drift, feature: '', status: 'drift', score: 0.75, p_value: 0.001, q_value: 0.01 },
      { ...drift, feature: 'age', status: 'drift', score: 0.75, p_value: 0.001, q_value: 0.01 },
      ...Array.from({ length: 8 }, (_, i) => ({
        ...{ ...drift, feature: `f${i}`, status: 'ok', score: 0.01, p_value: 0.5, q_value: 0.9 },
      })),
      // An older hour, and a segment: neither is the newest state of all traffic.
      { ...drift, time: ((hour - HOUR) / 1000).toFixed(3), feature: '', status: 'ok', score: 0 },
      { ...drift, segment: 'country=NL', feature: 'age', status: 'ok', score: 0 },
    ]);
    await insert('ml_quality', [
      { ...WHO, feature: '', check: '', status: 'ok', violations: 2, n: 100, quality_version: '1' },
      {
        ...{ ...WHO, feature: 'age', check: 'missing', status: 'ok', violations: 2 },
        ...{ n: 100, rate: 0.02, quality_version: '1' },
      },
    ]);
    await insert('ml_performance', [
      {
        ...{ ...WHO, segment: '', metric: 'accuracy', value: 0.9, low: 0.8, high: 0.95, n: 50 },
        ...{ status: 'provisional', settled_status: 'measured', mature_at: time },
        window_version: '1',
      },
    ]);
    await until(async () => (await metrics()).includes('plumbline_performance_value{'));
    const lines = (await metrics())
      .split('\n')
      .filter((line) => /^plumbline_(?:drift|quality|performance|signals)/.test(line));
    const of = 'tenant="default",environment="prod",model="fraud",version="v1"';
    expect(lines).toEqual(
      expect.arrayContaining([
        `plumbline_drift_score{${of},feature=""} 0.75`,
        `plumbline_drift_p_value{${of},feature="age"} 0.001`,
        `plumbline_drift_status{${of},feature="",status="drift"} 1`,
        `plumbline_quality_rate{${of},feature="age",check="missing"} 0.02`,
        `plumbline_quality_status{${of},feature="",check="",status="ok"} 1`,
        `plumbline_performance_value{${of},segment="",metric="accuracy"} 0.9`,
        `plumbline_performance_status{${of},segment="",metric="accuracy",status="measured"} 1`,
        'plumbline_signals_without_series{kind="drift"} 5',
        'plumbline_signals_models 1',
      ]),
    );
    expect(lines.filter((line) => line.startsWith('plumbline_drift_score{'))).toHaveLength(5);

    expect((await sendSpan('0000000000000002')).status).toBe(200);
    const spans = await rowsOf<{ SpanId: string; drift: Record<string, string> }>(
      store,
      `SELECT SpanId, mapFilter((k, v) -> startsWith(k, 'plumbline.drift'), SpanAttributes) AS drift FROM otel_traces ORDER BY SpanId`,
    );
    const told = {
      'plumbline.drift.baseline': 'auto',
      'plumbline.drift.score': '0.75',
      'plumbline.drift.status': 'drift',
    };
    expect(spans.map(({ drift: found }) => found)).toEqual([{}, told]);

    const type = metricRequestType();
    const sent = () =>
      sink.requests
        .filter(({ path }) => path === '/v1/metrics')
        .map(({ bytes }) => JSON.stringify(type.toObject(type.decode(bytes))));
    await until(() => sent().some((text) => text.includes('plumbline.drift.score')));
    const text = sent().find((one) => one.includes('plumbline.drift.score'))!;
    for (const name of ['drift.status', 'quality.rate', 'performance.value']) {
      expect(text).toContain(`"plumbline.${name}"`);
    }
  });

  test('the own metrics in the store are the service itself, not the signals again', async () => {
    const { metrics: own } = { metrics: await metrics() };
    expect(own).toContain('plumbline_signals_age_seconds');
    expect(
      await rowsOf(
        store,
        "SELECT count() AS n FROM v_processor WHERE startsWith(metric, 'plumbline_drift')",
      ),
    ).toEqual([{ n: 0 }]);
  });
});
