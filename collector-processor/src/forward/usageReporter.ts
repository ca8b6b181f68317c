import type { Clock } from '../core/clock';
import type { Component } from '../core/component';
import type { OtlpRequest } from '../core/consumer';
import { encodeUsage } from './encodeUsage';
import type { ForwardEvents } from './forwardEvents';
import type { UsageMeter } from './usageMeter';

export interface UsageReporterParts {
  readonly meter: UsageMeter;
  readonly queue: { offer(request: OtlpRequest, items: number): boolean };
  readonly events: Pick<ForwardEvents, 'usageOverflowed'>;
  readonly clock: Clock;
}

export interface UsageReporterSettings {
  readonly everyMs: number;
  /** `service.instance.id`: each replica tells what went through itself. */
  readonly instance: string;
}

/** Sends downstream, as OTLP metrics, what models used and cost since the time before. */
export function createUsageReporter(
  { meter, queue, events, clock }: UsageReporterParts,
  { everyMs, instance }: UsageReporterSettings,
): Component {
  let timer: NodeJS.Timeout | undefined;
  let fromMs = clock();
  const report = (): void => {
    const toMs = clock();
    const series = meter.series();
    if (series.length > 0) {
      const { bytes, points } = encodeUsage(series, { instance, fromMs, toMs });
      const request = { signal: 'metrics', bytes, tenant: 'default', receivedAtMs: toMs } as const;
      // What finds the queue full is told the next time.
      if (points > 0 && !queue.offer(request, points)) return;
      const overflowed = meter.clear();
      if (overflowed > 0) events.usageOverflowed({ n: overflowed });
    }
    fromMs = toMs;
  };
  return {
    start() {
      fromMs = clock();
      timer = setInterval(report, everyMs);
      return Promise.resolve();
    },
    stop() {
      if (timer !== undefined) {
        clearInterval(timer);
        timer = undefined;
        report();
      }
      return Promise.resolve();
    },
  };
}
