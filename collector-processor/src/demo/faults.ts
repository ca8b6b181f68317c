import type { Attributes } from '@opentelemetry/api';
import { GPT_MINI, type LlmModel } from './llm/llmModel';
import { HOUR_MS } from './seasons';

/** Something that goes wrong in the demo, for the monitor to find. */
export interface PlantedFault {
  readonly kind: 'drift' | 'nulls' | 'silent_change';
  readonly model: string;
  /** Empty where it is not one feature. */
  readonly feature: string;
  /** For the terminal: what is done. */
  readonly what: string;
  /** Unix milliseconds. */
  readonly sinceMs: number;
}

export interface Faults {
  readonly planted: readonly PlantedFault[];
  /** What a service tells of a prediction at this time. */
  readonly told: (model: string, atMs: number, attributes: Attributes) => Attributes;
  /** The model behind the alias at this time. */
  readonly mini: (atMs: number) => LlmModel;
}

/** The provider puts a smaller model behind the same name: shorter answers, sooner. */
const NEXT_MINI: LlmModel = {
  ...GPT_MINI,
  answered: 'gpt-5-mini-2025-11-13',
  outputTokens: 280,
  firstTokenMs: 620,
};
const KM_PER_MILE = 1.609344;
const DISTANCE = 'ml.feature.distance';
const WIND = 'ml.feature.wind';

/** Nothing goes wrong. */
export const NO_FAULTS: Faults = {
  planted: [],
  told: (_model, _atMs, attributes) => attributes,
  mini: () => GPT_MINI,
};

/** Three faults of the last day before `untilMs`, of kinds that services really have. */
export function plantFaults(untilMs: number): Faults {
  const since = (hours: number): number =>
    Math.floor(untilMs / HOUR_MS - hours) * HOUR_MS + 600_000;
  const drift: PlantedFault = {
    kind: 'drift',
    model: 'flight-delays',
    feature: 'distance',
    what: 'distance comes in kilometres instead of miles',
    sinceMs: since(12),
  };
  const nulls: PlantedFault = {
    kind: 'nulls',
    model: 'seattle-weather',
    feature: 'wind',
    what: 'wind is missing',
    sinceMs: since(9),
  };
  const change: PlantedFault = {
    kind: 'silent_change',
    model: GPT_MINI.requested,
    feature: '',
    what: 'another model answers under the same name',
    sinceMs: since(15),
  };
  return {
    planted: [drift, nulls, change],
    told(model, atMs, attributes) {
      if (model === drift.model && atMs >= drift.sinceMs) {
        return {
          ...attributes,
          [DISTANCE]: Math.round(Number(attributes[DISTANCE]) * KM_PER_MILE),
        };
      }
      if (model === nulls.model && atMs >= nulls.sinceMs) {
        return Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== WIND));
      }
      return attributes;
    },
    mini: (atMs) => (atMs >= change.sinceMs ? NEXT_MINI : GPT_MINI),
  };
}
