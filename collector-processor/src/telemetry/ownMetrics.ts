import type { Registry } from 'prom-client';
import type { Clock } from '../core/clock';
import type { Component } from '../core/component';
import { messageOf } from '../core/errors';
import type { Outcome } from '../core/outcome';
import { metricsJson } from './metricsJson';
import { ownResource } from './ownResource';
import { createPromMetricProducer } from './promMetricProducer';

export interface OwnMetricsParts {
  readonly registry: Registry;
  readonly clock: Clock;
  /** Takes an OTLP/JSON export request of metrics. */
  readonly store: (json: string) => Promise<Outcome>;
  readonly failed: (event: { signal: string; reason: string }) => void;
}

export interface OwnMetricsSettings {
  /** Pause between two requests. */
  readonly everyMs: number;
  readonly instance: string;
  readonly version: string;
}

/**
 * Hands the service's own metrics to its own store, again and again, without the network: no port, token or certificate
 * of the receivers takes part. Only metrics, and by the clock: what storing them changes in them is told the next time,
 * so nothing feeds itself. What the store does not take is lost, and counted; totals make up for it the next time.
 */
export function createOwnMetrics(
  { registry, clock, store, failed }: OwnMetricsParts,
  { everyMs, instance, version }: OwnMetricsSettings,
): Component {
  const producer = createPromMetricProducer(registry, clock);
  const resource = ownResource(instance, version);
  let timer: NodeJS.Timeout | undefined;
  let storing = false;

  const send = async (): Promise<void> => {
    const { resourceMetrics } = await producer.collect();
    for (const { scope, metrics } of resourceMetrics.scopeMetrics) {
      const outcome = await store(metricsJson(resource, scope.name, metrics));
      if (outcome.status !== 'accepted') failed({ signal: 'metrics', reason: outcome.reason });
    }
  };
  const tick = (): void => {
    // A store that is slower than the clock is not given more of the same.
    if (storing) return;
    storing = true;
    send()
      .catch((error: unknown) => {
        failed({ signal: 'metrics', reason: messageOf(error) });
      })
      .finally(() => {
        storing = false;
      });
  };
  return {
    start() {
      timer = setInterval(tick, everyMs);
      return Promise.resolve();
    },
    stop() {
      // What is under way is in the hands of the store, which stops after us and drains.
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
