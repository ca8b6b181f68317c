import { DataPointType } from '@opentelemetry/sdk-metrics';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createPromMetricProducer } from './promMetricProducer';

describe('createPromMetricProducer', () => {
  it('shows counters, gauges and histograms as OTLP has them', async () => {
    const registers = [new Registry()];
    const histogram = new Histogram({
      name: 'plumbline_insert_duration_seconds',
      help: 'Inserts.',
      labelNames: ['table'],
      buckets: [0.1, 1],
      registers,
    });
    for (const value of [0.05, 0.1, 0.5, 7]) histogram.observe({ table: 'a' }, value);
    histogram.observe({ table: 'b' }, 2);
    new Counter({ name: 'plumbline_bytes_total', help: 'h', registers }).inc(5);
    new Gauge({ name: 'process_resident_memory_bytes', help: 'h', registers }).set(9);
    const clock = { now: 1_000_500 };
    const producer = createPromMetricProducer(registers[0]!, () => clock.now);
    clock.now = 2_000_250;

    const { resourceMetrics, errors } = await producer.collect();
    const metrics = resourceMetrics.scopeMetrics[0]!.metrics;
    const times = { startTime: [1000, 500_000_000], endTime: [2000, 250_000_000] };
    expect(errors).toEqual([]);
    expect(
      metrics.map(({ descriptor, dataPointType }) => [
        descriptor.name,
        descriptor.unit,
        dataPointType,
      ]),
    ).toEqual([
      ['plumbline_insert_duration_seconds', 's', DataPointType.HISTOGRAM],
      ['plumbline_bytes_total', 'By', DataPointType.SUM],
      ['process_resident_memory_bytes', 'By', DataPointType.GAUGE],
    ]);
    expect(metrics[0]!.dataPoints).toEqual([
      {
        ...times,
        attributes: { table: 'a' },
        value: { buckets: { boundaries: [0.1, 1], counts: [2, 1, 1] }, sum: 7.65, count: 4 },
      },
      {
        ...times,
        attributes: { table: 'b' },
        value: { buckets: { boundaries: [0.1, 1], counts: [0, 0, 1] }, sum: 2, count: 1 },
      },
    ]);
    expect(metrics[1]!.dataPoints).toEqual([{ ...times, attributes: {}, value: 5 }]);
    expect(metrics[2]!.dataPoints).toEqual([{ ...times, attributes: {}, value: 9 }]);
  });
});
