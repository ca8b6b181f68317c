import type { Faults } from './faults';
import type { Ledger } from './ledger';
import type { Converse } from './llm/conversation';
import { createOpenInferenceChain } from './llm/openInferenceChain';
import { createOpenLlmetryWorkflow } from './llm/openLlmetryWorkflow';
import { createOtelAgent } from './llm/otelAgent';
import type { Random } from './random';
import type { TracedService } from './tracedService';

/** The instrumentation of the triage agent. */
export const TRIAGE = { name: 'support-triage', version: '1.4.0' };

/**
 * A support assistant whose parts were instrumented by different libraries, as grown services are. It calls no model:
 * it emits the telemetry that such a service emits, with the token counts and durations of real traffic.
 */
export function createSupportAssistant(parts: {
  readonly service: TracedService;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly mini: Faults['mini'];
}): (nowMs: number) => void {
  const { service, ledger, random, mini } = parts;
  const common = { ledger, random, service: service.name };
  const conversations: readonly Converse[] = [
    createOtelAgent({ ...common, tracer: service.tracer(TRIAGE.name, TRIAGE.version) }, mini),
    createOpenInferenceChain({
      ...common,
      tracer: service.tracer('openinference.instrumentation.anthropic', '0.1.19'),
    }),
    createOpenLlmetryWorkflow({
      ...common,
      tracer: service.tracer('opentelemetry.instrumentation.openai', '0.33.0'),
    }),
  ];
  return (nowMs) => {
    random.pick(conversations)(nowMs);
  };
}
