import type { PriceRow } from '../../core/priceRow';
import { isWithin } from './dayHours';
import type { MatchClause } from './matchClause';
import { type PricePlan, pricePlan } from './pricePlan';

/** A row with its match read. */
export interface UsableRow {
  readonly row: PriceRow;
  readonly match: MatchClause;
}

/** The prices of a rule from one time to another, perhaps in some hours of the day only. */
export interface PricePeriod {
  readonly fromMs: number;
  readonly toMs: number;
  readonly hours: MatchClause['hours'];
  readonly plan: PricePlan;
}

/** Whether a period holds at a Unix time in milliseconds. */
export function holdsAt({ fromMs, toMs, hours }: PricePeriod, time: number): boolean {
  return time >= fromMs && time < toMs && (hours === undefined || isWithin(hours, time));
}

/** Of each bucket the rows that started last: whoever adds a new price need not end the old one. */
function newest(rows: readonly UsableRow[]): PriceRow[] {
  const starts = new Map<string, number>();
  for (const { row } of rows)
    starts.set(row.bucket, Math.max(starts.get(row.bucket) ?? 0, row.validFromMs));
  return rows.map(({ row }) => row).filter((row) => starts.get(row.bucket) === row.validFromMs);
}

/** Cuts the time of one rule's rows where any of them starts or ends. Periods for some hours come before whole days. */
export function pricePeriods(rows: readonly UsableRow[], onConflict: () => void): PricePeriod[] {
  const edges = new Set(rows.flatMap(({ row }) => [row.validFromMs, row.validToMs]));
  const times = [...edges].sort((a, b) => a - b);
  return times.slice(0, -1).flatMap((fromMs, index) => {
    const live = rows.filter(({ row }) => row.validFromMs <= fromMs && row.validToMs > fromMs);
    const allDay = live.filter(({ match }) => match.hours === undefined);
    const parts = [...new Set(live.map(({ match }) => match))].filter(({ hours }) => hours);
    const period = (hours: MatchClause['hours'], some: readonly UsableRow[]): PricePeriod => ({
      fromMs,
      toMs: times[index + 1]!,
      hours,
      plan: pricePlan(newest(some), onConflict),
    });
    const special = parts.map((part) => {
      const own = live.filter(({ match }) => match === part);
      const buckets = new Set(own.map(({ row }) => row.bucket));
      return period(part.hours, [...own, ...allDay.filter(({ row }) => !buckets.has(row.bucket))]);
    });
    return allDay.length === 0 ? special : [...special, period(undefined, allDay)];
  });
}
