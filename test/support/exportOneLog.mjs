/**
 * A process of its own that exports one log record with the real JavaScript SDK, as a service would:
 * `node exportOneLog.mjs grpc|proto|http URL none|gzip`.
 */
import { OTLPLogExporter as Grpc } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as Json } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as Protobuf } from '@opentelemetry/exporter-logs-otlp-proto';
import { logs, resources } from '@opentelemetry/sdk-node';

const [protocol, url, compression] = process.argv.slice(2);
const Exporter = { grpc: Grpc, proto: Protobuf, http: Json }[protocol];
const provider = new logs.LoggerProvider({
  resource: resources.resourceFromAttributes({ 'service.name': 'shop' }),
  processors: [new logs.SimpleLogRecordProcessor({ exporter: new Exporter({ url, compression }) })],
});
provider.getLogger('test', '1.0').emit({
  timestamp: [1_700_000_000, 1],
  severityNumber: 17,
  severityText: 'ERROR',
  eventName: 'order.failed',
  body: { reason: 'grüße', tries: 3 },
  attributes: { code: 4_294_967_299, share: 0.25, tags: ['a', 'b'] },
});
await provider.forceFlush().catch(() => undefined);
await provider.shutdown();
