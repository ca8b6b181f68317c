import type { PastSource, PastSpans, Slot } from './pastSource';
import { DAY_MS, HOUR_MS } from './seasons';

/** What some sources sent in the past, oldest first, as spans to send. */
export interface PastTraffic {
  /** Calls; labels travel beside them. */
  readonly total: number;
  /** Start of the first hour, Unix milliseconds. */
  readonly fromMs: number;
  /** Made hour by hour as they are asked for: all at once would be 200 MB of objects. */
  hours(): Generator<PastHour>;
}

export interface PastHour extends PastSpans {
  readonly startMs: number;
}

function slotsOf(days: number, untilMs: number): Slot[] {
  const lastMs = untilMs - (untilMs % HOUR_MS);
  const firstMs = lastMs - days * DAY_MS;
  return Array.from({ length: days * 24 + 1 }, (_, hour) => {
    const startMs = firstMs + hour * HOUR_MS;
    return { startMs, lengthMs: Math.min(HOUR_MS, untilMs - startMs) };
  });
}

/** `days` days of whole clock hours and the hour that is not over. */
export function createPastTraffic(
  sources: readonly PastSource[],
  settings: { readonly days: number; readonly untilMs: number },
): PastTraffic {
  const slots = slotsOf(settings.days, settings.untilMs);
  return {
    total: sources
      .flatMap((source) => slots.map((slot) => source.callsIn(slot)))
      .reduce((sum, calls) => sum + calls, 0),
    fromMs: slots[0]!.startMs,
    *hours() {
      for (const slot of slots) {
        for (const source of sources) {
          for (const told of source.hour(slot, settings.untilMs)) {
            yield { ...told, startMs: slot.startMs };
          }
        }
      }
    },
  };
}
