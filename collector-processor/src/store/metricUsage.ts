import { UsagePoint } from '../core/usagePoint';
import type { MetricPlans, MetricView } from '../otlp/metricView';
import type { MetricUsage } from './metricBlock';
import { MetricUsageColumns } from './metricUsageColumns';

/** Finds the points that tell usage; `normalize/` is the implementation. */
export interface UsageRecogniser<R, P> {
  readonly plans: MetricPlans<R, P>;
  wants(view: MetricView<R, P>): boolean;
  /** Fills the point, but for tenant and time of receipt; false when it tells nothing. */
  fill(view: MetricView<R, P>, point: UsagePoint): boolean;
}

/** Makes rows of `ml_metric_usage` of the points that tell usage. */
export function createMetricUsage<R, P>(
  recogniser: UsageRecogniser<R, P>,
): MetricUsage<R, P, MetricUsageColumns> {
  const point = new UsagePoint();
  return {
    plans: recogniser.plans,
    createRows: () => new MetricUsageColumns(),
    wants: (view) => recogniser.wants(view),
    push(view, { tenant, receivedAtMs }, rows) {
      if (!recogniser.fill(view, point)) return;
      point.tenant = tenant;
      point.receivedAtMs = receivedAtMs;
      rows.push(point);
    },
  };
}
