import { quoteText } from '@plumbline/schemas/queries';

/** Moments at which a rule is evaluated, Unix milliseconds, all of them whole seconds. */
export interface Ticks {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** The ticks that see a row, as an array of the engine: those from its time on, for as long as the rule looks back. */
const seenAt = (rangeSeconds: number, { fromMs, toMs, stepMs }: Ticks): string => {
  const [from, to, step] = [seconds(fromMs), seconds(toMs), seconds(stepMs)];
  const moment = "toUnixTimestamp64Milli(CAST(source.time, 'DateTime64(3)'))";
  const first = `greatest(0, toInt64(ceil((ceil(${moment} / 1000) - ${from}) / ${step})))`;
  const last = `toInt64(floor((least(${to}, floor(${moment} / 1000) + ${rangeSeconds}) - ${from}) / ${step}))`;
  return `arrayMap(k -> ${from} + k * ${step}, range(${first}, ${last} + 1))`;
};

const allTicks = ({ fromMs, toMs, stepMs }: Ticks): string => {
  const [from, to, step] = [seconds(fromMs), seconds(toMs), seconds(stepMs)];
  return `range(${from}, ${to + 1}, ${step})`;
};

/**
 * A rule's query as the data source would send it at each of many moments, in one statement: planning a query on the views
 * costs far more than their rows. Rules group, join and order by `tenant`, and one tenant is asked about, so that each row is
 * repeated for every moment that sees it, with the moment (Unix seconds) in the place of its tenant.
 */
export function atTicks(
  sql: string,
  rangeSeconds: number,
  { tenant, ...ticks }: Ticks & { readonly tenant: string },
): string {
  const rows = (view: string, moments: string, within: string): string =>
    `FROM (
  SELECT * REPLACE (toString(arrayJoin(${moments})) AS tenant)
  FROM ${view} AS source
  WHERE source.tenant = ${quoteText(tenant)}${within}
) AS ${view} WHERE`;
  const within = ` AND source.time >= toDateTime(${seconds(ticks.fromMs) - rangeSeconds}) AND source.time <= toDateTime(${seconds(ticks.toMs)})`;
  // Texts in the query have no `$` and no line of SQL: they are quoted so.
  return sql
    .replace(
      /FROM (v_\w+) WHERE \$__timeFilter\(time\)/g,
      (_, view: string) => `${rows(view, seenAt(rangeSeconds, ticks), within)} 1`,
    )
    .replace(/FROM (v_\w+) WHERE/g, (_, view: string) => rows(view, allTicks(ticks), ''))
    .replaceAll('$__toTime', 'toDateTime(toUInt32(tenant))');
}
