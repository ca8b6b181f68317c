import { metricRequestType } from '../../../test/support/otlpMetricProto';
import { createSignals, type SignalsSettings } from './createSignals';
import { encodeSignals } from './encodeSignals';

const WHO = { tenant: 'default', environment: 'prod', model: 'fraud', version: 'v1' };
const DRIFT = {
  ...WHO,
  ...{ feature: '', status: 'drift', score: 0.5, pValue: null, qValue: 0.01, baseline: 'auto' },
};
const ROWS = {
  v_drift_models: [{ ...DRIFT, total: 1 }],
  v_drift: [
    { ...DRIFT, feature: 'age', pValue: 0.001, total: 40 },
    { ...DRIFT, feature: 'income', status: 'ok', score: null, total: 40 },
  ],
  ml_quality: [
    { ...WHO, feature: 'age', check: 'missing', status: 'ok', violations: 3, rate: 0.1, total: 1 },
  ],
  v_performance: [
    {
      ...{ ...WHO, segment: '', metric: 'accuracy', status: 'measured', value: 0.9 },
      ...{ low: 0.8, high: 0.95, total: 1 },
    },
  ],
};

function create(settings: Partial<SignalsSettings> = {}) {
  const state = { now: 1_000_000, fails: false, failures: 0 };
  const signals = createSignals(
    {
      read: <Row>(query: string) => {
        if (state.fails) return Promise.reject(new Error('down'));
        const table = Object.keys(ROWS).find(
          (name) => query.includes(`FROM ${name}\n`) || query.includes(`FROM ${name} FINAL\n`),
        )!;
        return Promise.resolve(ROWS[table as keyof typeof ROWS] as unknown as Row[]);
      },
      clock: () => state.now,
      events: {
        jobFailed: () => {
          state.failures++;
        },
      },
    },
    {
      ...{ everyMs: 1000, maxAgeMs: 60_000, lookbackHours: 24, maxPerKind: 100, onSpans: true },
      ...settings,
    },
  );
  return { signals, state };
}
const linesOf = async (signals: ReturnType<typeof create>['signals'], start: string) =>
  (await signals.registry.metrics()).split('\n').filter((line) => line.startsWith(start));

describe('createSignals', () => {
  it('shows the newest signals to Prometheus, and counts those without series', async () => {
    const { signals } = create();
    expect(signals.ageSeconds).toBeNaN();
    await signals.refresh();
    expect(signals.ageSeconds).toBe(0);
    const of = 'tenant="default",environment="prod",model="fraud",version="v1"';
    expect(await linesOf(signals, 'plumbline_drift_')).toEqual([
      `plumbline_drift_score{${of},feature=""} 0.5`,
      `plumbline_drift_score{${of},feature="age"} 0.5`,
      `plumbline_drift_p_value{${of},feature="age"} 0.001`,
      `plumbline_drift_q_value{${of},feature=""} 0.01`,
      `plumbline_drift_q_value{${of},feature="age"} 0.01`,
      `plumbline_drift_q_value{${of},feature="income"} 0.01`,
      `plumbline_drift_status{${of},feature="",status="drift"} 1`,
      `plumbline_drift_status{${of},feature="age",status="drift"} 1`,
      `plumbline_drift_status{${of},feature="income",status="ok"} 1`,
    ]);
    expect(await linesOf(signals, 'plumbline_quality_')).toHaveLength(3);
    expect(await linesOf(signals, 'plumbline_performance_')).toHaveLength(4);
    expect(await linesOf(signals, 'plumbline_signals_without_series')).toEqual([
      'plumbline_signals_without_series{kind="drift"} 38',
      'plumbline_signals_without_series{kind="quality"} 0',
      'plumbline_signals_without_series{kind="performance"} 0',
    ]);
  });

  it('keeps to its limit', async () => {
    const { signals } = create({ maxPerKind: 1 });
    await signals.refresh();
    expect(await linesOf(signals, 'plumbline_drift_status')).toHaveLength(1);
    expect(await linesOf(signals, 'plumbline_signals_without_series{kind="drift"}')).toEqual([
      'plumbline_signals_without_series{kind="drift"} 40',
    ]);
    // Spans are told of every model all the same.
    expect(signals.models).toBe(1);
  });

  it('tells spans of their own model only', async () => {
    const { signals } = create();
    expect(signals.spans.of(WHO)).toBeUndefined();
    await signals.refresh();
    expect(signals.spans.of(WHO)?.texts).toEqual(['drift', '0.5', 'auto']);
    for (const key of ['tenant', 'environment', 'model', 'version'] as const) {
      expect(signals.spans.of({ ...WHO, [key]: 'other' })).toBeUndefined();
    }
    expect(signals.spans.of(WHO)?.texts).toEqual(['drift', '0.5', 'auto']);
    const silent = create({ onSpans: false });
    await silent.signals.refresh();
    expect(silent.signals.spans.of(WHO)).toBeUndefined();
  });

  it('tells nobody what is too old', async () => {
    const { signals, state } = create();
    await signals.refresh();
    state.fails = true;
    state.now += 60_000;
    await signals.refresh();
    expect([signals.ageSeconds, state.failures]).toEqual([60, 1]);
    expect(signals.spans.of(WHO)).toBeDefined();
    state.now += 1;
    await signals.refresh();
    expect(signals.spans.of(WHO)).toBeUndefined();
    expect(signals.points()).toEqual([]);
    expect(await linesOf(signals, 'plumbline_drift_')).toEqual([]);
    state.fails = false;
    await signals.refresh();
    expect(signals.spans.of(WHO)).toBeDefined();
  });
});

describe('encodeSignals', () => {
  it('writes gauges that any receiver reads', async () => {
    const { signals } = create();
    await signals.refresh();
    const bytes = encodeSignals(signals.points(), { instance: 'me', timeMs: 1234 });
    const type = metricRequestType();
    const { resourceMetrics } = type.toObject(type.decode(bytes), { longs: String }) as {
      resourceMetrics: {
        scopeMetrics: {
          metrics: {
            name: string;
            gauge: {
              dataPoints: {
                asDouble: number;
                timeUnixNano: string;
                attributes: { key: string; value: { stringValue: string } }[];
              }[];
            };
          }[];
        }[];
      }[];
    };
    const metrics = resourceMetrics[0]!.scopeMetrics[0]!.metrics;
    expect(metrics.map(({ name }) => name).toSorted()).toEqual([
      ...['plumbline.drift.p_value', 'plumbline.drift.q_value', 'plumbline.drift.score'],
      ...['plumbline.drift.status', 'plumbline.performance.high', 'plumbline.performance.low'],
      ...['plumbline.performance.status', 'plumbline.performance.value'],
      ...['plumbline.quality.rate', 'plumbline.quality.status', 'plumbline.quality.violations'],
    ]);
    const [point] = metrics.find(({ name }) => name === 'plumbline.quality.rate')!.gauge.dataPoints;
    expect([point!.asDouble, point!.timeUnixNano]).toEqual([0.1, '1234000000']);
    expect(
      Object.fromEntries(point!.attributes.map(({ key, value }) => [key, value.stringValue])),
    ).toEqual({
      'deployment.environment.name': 'prod',
      'ml.model.name': 'fraud',
      'ml.model.version': 'v1',
      'plumbline.feature': 'age',
      'plumbline.check': 'missing',
    });
  });
});
