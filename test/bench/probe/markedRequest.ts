import { createAttributeWriter } from '../../support/payloads/attributeWriter';
import type { Prng } from '../../support/payloads/prng';
import { ProtoWriter } from '../../support/payloads/protoWriter';

/** The model whose predictions are waited for. */
export const MARKER = { model: 'visibility-marker', environment: 'production', version: '1' };

/**
 * A request with one prediction whose inference id is `id`. Protobuf messages are joined by writing one behind the
 * other, so these bytes behind any request make it a marked one.
 */
export function markerBytes(id: string, timeMs: number, random: Prng): Buffer {
  const writer = new ProtoWriter(1024);
  const start = BigInt(timeMs) * 1_000_000n;
  writer.begin(1, 2);
  writer.begin(1);
  const resource = createAttributeWriter(writer, 1);
  resource.text('service.name', 'marker');
  resource.text('deployment.environment.name', MARKER.environment);
  writer.end();
  writer.begin(2, 2);
  writer.begin(2, 2);
  writer.id(1, random.bytes(16));
  writer.id(2, random.bytes(8));
  writer.text(5, `predict ${MARKER.model}`);
  writer.uint(6, 1);
  writer.time(7, start);
  writer.time(8, start + 5_000_000n);
  const attributes = createAttributeWriter(writer, 9);
  attributes.text('ml.model.name', MARKER.model);
  attributes.text('ml.model.version', MARKER.version);
  attributes.text('ml.model.type', 'regression');
  attributes.text('ml.prediction.id', id);
  attributes.double('ml.prediction.value', random.unit());
  for (let i = 0; i < 10; i++) attributes.double(`ml.feature.f${i}`, random.normal());
  writer.end();
  writer.end();
  writer.end();
  return writer.finish();
}
