import { quoteText } from '../quoteText';
import { hourOf } from '../drift/readWindows';
import { keyOf, type ModelVersion, UNIT, unitKey } from '../drift/driftUnit';
import type { Statements } from '../statements';
import { inRange, type TimeRange } from '../timeText';
import type { HourVolume } from './volumeCheck';

const HOUR_MS = 3_600_000;

interface Sender extends ModelVersion {
  readonly timeMs: number;
  readonly service: string;
  readonly rows: number;
}

/** Who sent how much in which hour, of the tenants of some versions. */
export class Traffic {
  private readonly byUnit = new Map<string, Map<number, number>>();
  private readonly byHour = new Map<string, Sender[]>();
  private readonly services = new Map<string, Set<string>>();

  constructor(senders: readonly Sender[]) {
    for (const sender of senders) {
      const key = unitKey(sender);
      let hours = this.byUnit.get(key);
      if (hours === undefined) this.byUnit.set(key, (hours = new Map<number, number>()));
      hours.set(sender.timeMs, (hours.get(sender.timeMs) ?? 0) + sender.rows);
      const hour = keyOf(sender.tenant, String(sender.timeMs));
      const others = this.byHour.get(hour);
      if (others === undefined) this.byHour.set(hour, [sender]);
      else others.push(sender);
      const services = this.services.get(key);
      if (services === undefined) this.services.set(key, new Set([sender.service]));
      else services.add(sender.service);
    }
  }

  rows(unit: ModelVersion, timeMs: number): number {
    return this.byUnit.get(unitKey(unit))?.get(timeMs) ?? 0;
  }

  /** Every hour from the first one with rows on, up to this one, hours without rows too. */
  earlier(unit: ModelVersion, { fromMs, toMs }: TimeRange): HourVolume[] {
    const hours = this.byUnit.get(unitKey(unit));
    const known = [...(hours?.keys() ?? [])].filter((at) => at >= fromMs && at < toMs);
    if (known.length === 0) return [];
    const found: HourVolume[] = [];
    // The hour in which a version begins is not a whole one.
    for (let timeMs = Math.min(...known) + HOUR_MS; timeMs < toMs; timeMs += HOUR_MS) {
      found.push({ timeMs, rows: hours?.get(timeMs) ?? 0 });
    }
    return found;
  }

  /** What an hour without rows of this version was: who else still sent. */
  silence(unit: ModelVersion, timeMs: number): Silence {
    const sent = this.byHour.get(keyOf(unit.tenant, String(timeMs))) ?? [];
    const own = this.services.get(unitKey(unit)) ?? new Set<string>();
    const same = sent.find(
      ({ environment, model }) => environment === unit.environment && model === unit.model,
    );
    if (same !== undefined)
      return { kind: 'moved', detail: `version ${same.version} has the traffic` };
    const near = sent.filter(({ service }) => own.has(service));
    if (near.length > 0) {
      const models = new Set(near.map(({ model }) => model)).size;
      return {
        kind: 'no_traffic',
        detail: `no traffic: ${near[0]!.service} still sends of ${models} other models`,
      };
    }
    const services = [...own].slice(0, 3).join(', ');
    if (sent.length > 0)
      return {
        kind: 'telemetry_lost',
        detail: `telemetry lost or service down: nothing from ${services}, others still send`,
      };
    return { kind: 'telemetry_lost', detail: 'telemetry lost: nothing from any service' };
  }
}

export interface Silence {
  readonly kind: 'moved' | 'no_traffic' | 'telemetry_lost';
  readonly detail: string;
}

/** Hours of all senders of these tenants. */
export async function readTraffic(
  statements: Statements,
  units: readonly ModelVersion[],
  range: TimeRange,
): Promise<Traffic> {
  const tenants = [...new Set(units.map(({ tenant }) => quoteText(tenant)))].join(', ');
  return new Traffic(
    await statements.read<Sender>(
      `SELECT ${UNIT}, service, toUnixTimestamp64Milli(${hourOf('traffic.time')}) AS timeMs, sum(traffic.rows) AS rows
FROM ml_traffic_windows AS traffic FINAL
WHERE ${inRange(range, 'traffic.time')} AND tenant IN (${tenants})
GROUP BY ${UNIT}, service, timeMs
HAVING rows > 0`,
    ),
  );
}
