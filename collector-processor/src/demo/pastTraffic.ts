import { RandomIdGenerator } from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { SpanTemplate } from './historySpan';
import { historySpan } from './historySpan';
import type { ServedModel } from './models/servedModel';
import { PREDICTION_MS, PREDICTION_SPREAD } from './predictionService';
import type { Random } from './random';
import { DAY_MS, HOUR_MS, requestsInHour } from './seasons';
import type { ServiceIdentity } from './tracedService';
import { resourceOf } from './tracedService';

/** The past predictions of some models, oldest first, as spans to send. */
export interface PastTraffic {
  readonly total: number;
  /** Made hour by hour as they are asked for: all at once would be 200 MB of objects. */
  hours(): Generator<PastHour>;
}

export interface PastHour {
  readonly model: ServedModel;
  readonly spans: ReadableSpan[];
}

interface Past {
  readonly model: ServedModel;
  readonly template: SpanTemplate;
  /** Attributes of every request that can be drawn, predicted once. */
  readonly answers: ReturnType<ServedModel['predict']>;
}

const pastOf = (model: ServedModel, run: string): Past => {
  const { service, version, team } = model;
  const identity: ServiceIdentity = { service, version, team, run };
  return {
    model,
    template: {
      name: `predict ${model.name}`,
      resource: resourceOf(identity),
      instrumentationScope: { name: `${model.name}-service`, version: model.version },
    },
    answers: model.predict(Array.from({ length: model.requests }, (_, request) => request)),
  };
};

/** A clock hour, the last one cut off at now. */
interface Slot {
  readonly startMs: number;
  readonly lengthMs: number;
}

function slotsOf(days: number, untilMs: number): Slot[] {
  const lastMs = untilMs - (untilMs % HOUR_MS);
  const firstMs = lastMs - days * DAY_MS;
  return Array.from({ length: days * 24 + 1 }, (_, hour) => {
    const startMs = firstMs + hour * HOUR_MS;
    return { startMs, lengthMs: Math.min(HOUR_MS, untilMs - startMs) };
  });
}

const requestsIn = (model: ServedModel, slot: Slot): number =>
  Math.round((requestsInHour(model.season, slot.startMs) * slot.lengthMs) / HOUR_MS);

/** `days` days of whole clock hours and the hour that is not over; `run` marks the spans of this run. */
export function createPastTraffic(
  parts: { readonly models: readonly ServedModel[]; readonly random: Random },
  settings: { readonly days: number; readonly untilMs: number; readonly run: string },
): PastTraffic {
  const { models, random } = parts;
  const ids = new RandomIdGenerator();
  const slots = slotsOf(settings.days, settings.untilMs);
  const spansOf = ({ model, template, answers }: Past, slot: Slot): ReadableSpan[] => {
    const requests = requestsIn(model, slot);
    return Array.from({ length: requests }, (_, request) => {
      const atMs = slot.startMs + ((request + random.next()) * slot.lengthMs) / requests;
      const tookMs = random.around(PREDICTION_MS, PREDICTION_SPREAD);
      return historySpan(template, {
        traceId: ids.generateTraceId(),
        spanId: ids.generateSpanId(),
        // The last call of all still ends before `untilMs`.
        startMs: Math.min(atMs, settings.untilMs - tookMs),
        tookMs,
        attributes: answers[model.pick(atMs, random.next())]!,
      });
    });
  };
  return {
    total: models
      .flatMap((model) => slots.map((slot) => requestsIn(model, slot)))
      .reduce((sum, requests) => sum + requests, 0),
    *hours() {
      const pasts = models.map((model) => pastOf(model, settings.run));
      for (const slot of slots) {
        for (const past of pasts) yield { model: past.model, spans: spansOf(past, slot) };
      }
    },
  };
}
