import { resolve } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import {
  type DashboardQuery,
  allOf,
  queriesOf,
  readDashboards,
} from '../../support/dashboardQueries';
import { expandMacros, interpolate, type Variables } from '../../support/grafanaMacros';

/** One run of one query. */
export interface Timing {
  readonly name: string;
  readonly ms: number;
}

/** Points that a chart of usual width asks for. */
const POINTS = 500;
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** The length of a range as dashboards write it (`now-24h`), milliseconds. */
const rangeMs = (from: string): number => {
  const [, count, unit] = /^now-(\d+)([hd])$/.exec(from)!;
  return Number(count) * UNITS[unit!]!;
};

/** What a reader looks at: everything, or one model. */
const CHOICES: readonly ((query: DashboardQuery) => Variables)[] = [
  ({ dashboard }) => allOf(dashboard),
  ({ dashboard }) => ({ ...allOf(dashboard), environment: ['prod'], model: ['gpt-4o'] }),
];

/** The names of system tables tell of the engine, not of the rows in it. */
const isMeasured = ({ dashboard }: DashboardQuery): boolean =>
  dashboard.uid !== 'plumbline-clickhouse';

/**
 * Runs every query of the dashboards `runs` times after a warm-up, one after the other, over the dashboard's own range or
 * over `ms` milliseconds up to `nowMs`.
 */
export async function timeQueries(
  client: ClickHouseClient,
  { nowMs, runs, ms }: { nowMs: number; runs: number; ms?: number },
): Promise<readonly Timing[]> {
  const timings: Timing[] = [];
  for (const query of readDashboards(resolve('dashboards')).flatMap(queriesOf).filter(isMeasured)) {
    const length = ms ?? rangeMs(query.dashboard.time.from);
    const range = {
      from: nowMs - length,
      to: nowMs,
      intervalS: Math.max(query.intervalS, Math.round(length / POINTS / 1000)),
    };
    for (const choose of CHOICES) {
      const sql = expandMacros(interpolate(query.sql, choose(query)), range);
      for (let run = 0; run <= runs; run++) {
        const begun = performance.now();
        await (await client.query({ query: sql, format: 'JSONCompactEachRow' })).text();
        if (run > 0) timings.push({ name: query.name, ms: performance.now() - begun });
      }
    }
  }
  return timings;
}
