import { ALERTS } from './dashboards/alerts';
import { CLICKHOUSE } from './dashboards/clickHouse';
import { COSTS } from './dashboards/costs';
import { DRIFT } from './dashboards/drift';
import { FLEET } from './dashboards/fleet';
import { LATENCY } from './dashboards/latency';
import { MODEL } from './dashboards/model';
import { PERFORMANCE } from './dashboards/performance';
import { PROCESSOR } from './dashboards/processor';
import { QUALITY } from './dashboards/quality';
import { REGISTRY } from './dashboards/registry';
import { buildDashboard, type DashboardSpec } from './parts/dashboard';

export const DASHBOARDS: readonly DashboardSpec[] = [
  FLEET,
  MODEL,
  DRIFT,
  QUALITY,
  PERFORMANCE,
  COSTS,
  LATENCY,
  REGISTRY,
  ALERTS,
  PROCESSOR,
  CLICKHOUSE,
];

/** The files of `dashboards/` by name: the same for the same source, whenever and wherever they are made. */
export const dashboardFiles = (): ReadonlyMap<string, string> =>
  new Map(
    DASHBOARDS.map((spec) => [
      `${spec.uid}.json`,
      `${JSON.stringify(buildDashboard(spec), null, 2)}\n`,
    ]),
  );
