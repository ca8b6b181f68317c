import { createAttributeWriter } from './attributeWriter';
import type { Prng } from './prng';
import type { ProtoWriter } from './protoWriter';

const SERVICES = ['ml-gateway', 'fraud-svc', 'llm-router', 'ranker'];

/** A resource of nine attributes as field 1: what an SDK's and Kubernetes' detectors tell of a service. */
export function writeResource(writer: ProtoWriter, random: Prng, index: number): void {
  const service = random.pick(SERVICES);
  writer.begin(1, 2);
  const attributes = createAttributeWriter(writer, 1);
  attributes.text('service.name', service);
  attributes.text('service.version', `1.${index}.3`);
  attributes.text('service.instance.id', `${random.hex(8)}-${random.hex(4)}-${random.hex(12)}`);
  attributes.text('deployment.environment.name', 'production');
  attributes.text('host.name', `ip-10-0-${index}-17.ec2.internal`);
  attributes.text('k8s.pod.name', `${service}-7d9c${random.hex(5)}-${random.hex(5)}`);
  attributes.text('k8s.namespace.name', 'ml-serving');
  attributes.text('telemetry.sdk.language', 'python');
  attributes.text('telemetry.sdk.version', '1.45.2');
  writer.end();
}
