import type { IdGenerator, ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { Faults } from './faults';
import { historySpan, hrTime } from './historySpan';
import type { ServedModel } from './models/servedModel';
import type { PastSource, Slot } from './pastSource';
import { PREDICTION_MS, PREDICTION_SPREAD } from './predictionService';
import type { Random } from './random';
import { HOUR_MS, requestsInHour } from './seasons';
import { resourceOf } from './tracedService';

/** Share of the predictions whose truth somebody records. */
const LABELLED_SHARE = 0.12;

interface Label {
  readonly id: string;
  readonly value: string;
  readonly atMs: number;
}

const labelEvent = ({ name, version }: ServedModel, { id, value, atMs }: Label) => ({
  name: 'ml.label',
  time: hrTime(atMs),
  attributes: {
    'ml.model.name': name,
    'ml.model.version': version,
    'ml.prediction.id': id,
    'ml.label.value': value,
    'ml.label.source': 'records',
  },
});

/** The predictions of a model, and the labels that came in for them since. */
export function createPastPredictions(
  parts: {
    readonly model: ServedModel;
    readonly random: Random;
    readonly ids: IdGenerator;
    readonly told: Faults['told'];
  },
  run: string,
): PastSource {
  const { model, random, ids, told } = parts;
  const { service, version, team } = model;
  const resource = resourceOf({ service, version, team, run });
  const instrumentationScope = { name: `${model.name}-service`, version: model.version };
  const template = { name: `predict ${model.name}`, resource, instrumentationScope };
  const labelTemplate = { name: 'record labels', resource, instrumentationScope };
  // Attributes of every request that can be drawn, predicted once.
  const answers = model.predict(Array.from({ length: model.requests }, (_, request) => request));
  const waiting: Label[] = [];

  const callsIn = (slot: Slot): number =>
    Math.round((requestsInHour(model.season, slot.startMs) * slot.lengthMs) / HOUR_MS);
  const predict = (startMs: number, tookMs: number, request: number): ReadableSpan => {
    const [traceId, spanId] = [ids.generateTraceId(), ids.generateSpanId()];
    if (random.chance(LABELLED_SHARE)) {
      const id = `${traceId}:${spanId}`;
      waiting.push({
        id,
        value: model.truth(request),
        atMs: startMs + model.truthAfterHours * HOUR_MS,
      });
    }
    const attributes = told(model.name, startMs, answers[request]!);
    return historySpan(template, { traceId, spanId, startMs, tookMs, attributes });
  };
  /** One span of the job that records labels, with all that came by then. */
  const recordLabels = (atMs: number): ReadableSpan[] => {
    const due = waiting.findIndex((label) => label.atMs > atMs);
    const labels = waiting.splice(0, due < 0 ? waiting.length : due);
    if (labels.length === 0) return [];
    const events = labels.map((label) => labelEvent(model, label));
    const [traceId, spanId] = [ids.generateTraceId(), ids.generateSpanId()];
    const call = { traceId, spanId, startMs: atMs - 1, tookMs: 1, attributes: {}, events };
    return [historySpan(labelTemplate, call)];
  };
  return {
    callsIn,
    hour(slot, untilMs) {
      const requests = callsIn(slot);
      const spans = Array.from({ length: requests }, (_, request) => {
        const atMs = slot.startMs + ((request + random.next()) * slot.lengthMs) / requests;
        const tookMs = random.around(PREDICTION_MS, PREDICTION_SPREAD);
        // The last call of all still ends before `untilMs`.
        return predict(Math.min(atMs, untilMs - tookMs), tookMs, model.pick(atMs, random.next()));
      });
      const labels = recordLabels(Math.min(slot.startMs + slot.lengthMs, untilMs));
      return [
        { service, model: model.name, spans },
        ...(labels.length > 0 ? [{ service, spans: labels }] : []),
      ];
    },
  };
}
