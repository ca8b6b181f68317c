import type { Clock } from '../core/clock';
import type { Component } from '../core/component';
import type { OtlpRequest } from '../core/consumer';
import { encodeSignals } from './encodeSignals';
import type { SignalPoint } from './signalPoints';

export interface SignalReporterParts {
  readonly points: () => readonly SignalPoint[];
  readonly queue: { offer(request: OtlpRequest, items: number): boolean };
  readonly clock: Clock;
}

export interface SignalReporterSettings {
  readonly everyMs: number;
  /** `service.instance.id`: each replica tells what it read. */
  readonly instance: string;
}

/** Receivers take 4 MiB at most unless told otherwise; a point has some 300 bytes. */
const POINTS_PER_REQUEST = 5_000;

/** Sends the latest signals downstream as OTLP gauges, again and again: a gauge that is not repeated goes stale. */
export function createSignalReporter(
  { points, queue, clock }: SignalReporterParts,
  { everyMs, instance }: SignalReporterSettings,
): Component {
  let timer: NodeJS.Timeout | undefined;
  const report = (): void => {
    const all = points();
    const timeMs = clock();
    for (let from = 0; from < all.length; from += POINTS_PER_REQUEST) {
      const some = all.slice(from, from + POINTS_PER_REQUEST);
      const bytes = encodeSignals(some, { instance, timeMs });
      // What finds the queue full was counted there, and comes again the next time.
      queue.offer(
        { signal: 'metrics', bytes, tenant: 'default', receivedAtMs: timeMs },
        some.length,
      );
    }
  };
  return {
    start() {
      timer = setInterval(report, everyMs);
      return Promise.resolve();
    },
    stop() {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
