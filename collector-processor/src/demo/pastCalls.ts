import type { IdGenerator } from '@opentelemetry/sdk-trace-node';
import type { Faults } from './faults';
import { historySpan } from './historySpan';
import { drawCall } from './llm/llmCall';
import { CHAT } from './llm/otelAgent';
import type { PastSource, Slot } from './pastSource';
import type { Random } from './random';
import { HOUR_MS } from './seasons';
import { TRIAGE } from './supportAssistant';
import type { ServiceIdentity } from './tracedService';
import { resourceOf } from './tracedService';

const CALLS_AN_HOUR = 60;

/** What the assistant asked of the model that is replaced in the demo. */
export function createPastCalls(
  parts: {
    readonly random: Random;
    readonly ids: IdGenerator;
    readonly mini: Faults['mini'];
  },
  identity: ServiceIdentity,
): PastSource {
  const { random, ids, mini } = parts;
  const resource = resourceOf(identity);
  const callsIn = ({ lengthMs }: Slot): number => Math.round((CALLS_AN_HOUR * lengthMs) / HOUR_MS);
  return {
    callsIn,
    hour(slot, untilMs) {
      const calls = callsIn(slot);
      const spans = Array.from({ length: calls }, (_, index) => {
        const atMs = slot.startMs + ((index + random.next()) * slot.lengthMs) / calls;
        const call = drawCall(mini(atMs), random);
        const template = { name: CHAT.name(call), resource, instrumentationScope: TRIAGE };
        return historySpan(template, {
          traceId: ids.generateTraceId(),
          spanId: ids.generateSpanId(),
          startMs: Math.min(atMs, untilMs - call.tookMs),
          tookMs: call.tookMs,
          attributes: CHAT.attributes(call),
        });
      });
      return [{ service: identity.service, model: mini(slot.startMs).requested, spans }];
    },
  };
}
