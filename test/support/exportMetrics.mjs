/**
 * A process of its own that exports metrics with the real JavaScript SDK, as a service would:
 * `node exportMetrics.mjs grpc|proto|http URL`. Its exporters import modules in a way that Jest's sandbox does not allow.
 */
import { OTLPMetricExporter as Grpc } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as Json } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as Protobuf } from '@opentelemetry/exporter-metrics-otlp-proto';
import { metrics, resources } from '@opentelemetry/sdk-node';

const [protocol, url] = process.argv.slice(2);
const Exporter = { grpc: Grpc, proto: Protobuf, http: Json }[protocol];
const provider = new metrics.MeterProvider({
  resource: resources.resourceFromAttributes({ 'service.name': protocol }),
  readers: [
    new metrics.PeriodicExportingMetricReader({
      exporter: new Exporter({ url }),
      exportIntervalMillis: 60_000,
    }),
  ],
  views: [
    {
      instrumentName: 'size',
      aggregation: { type: metrics.AggregationType.EXPONENTIAL_HISTOGRAM },
    },
  ],
});
const meter = provider.getMeter('test', '1.0');
const orders = meter.createCounter('orders', { description: 'Orders taken.', unit: '{order}' });
orders.add(2, { shop: 'a' });
orders.add(3, { shop: 'a' });
meter.createUpDownCounter('stock').add(-4);
meter.createGauge('load').record(0.25);
const latency = meter.createHistogram('latency', {
  unit: 's',
  advice: { explicitBucketBoundaries: [1, 2.5] },
});
for (const seconds of [0.5, 2, 2.5, 10]) latency.record(seconds);
const size = meter.createHistogram('size', { unit: 'By' });
for (const bytes of [0, 1, 2, 4, 1024]) size.record(bytes);
// It exports once more what the reader holds.
await provider.shutdown();
