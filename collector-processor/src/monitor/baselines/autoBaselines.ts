import { quoteText } from '../quoteText';
import type { Statements } from '../statements';
import { inRange } from '../timeText';
import { COUNTED } from '../features/featureValues';
import type { BaselineRequest } from './baselineRequest';
import { BASELINE_LIMITS, type BaselineReport, createBaseline } from './createBaseline';

export interface AutoBaselineSettings {
  readonly auto: boolean;
  /** Days of traffic that a version must have had; a baseline is made of the first ones. */
  readonly days: number;
  readonly minRows: number;
  /** Most frequent `key=value` segments of a version that get a baseline too. */
  readonly segments: number;
}

export const AUTO_BASELINE_DEFAULTS: AutoBaselineSettings = {
  auto: true,
  days: 7,
  minRows: 1_000,
  segments: 10,
};

export interface AutoBaselineEvents {
  baselineCreated(
    made: BaselineRequest & { readonly rows: number; readonly features: number },
  ): void;
  baselineRefused(refused: BaselineRequest & { readonly reason: string }): void;
}

export interface AutoBaselineReport {
  /** Versions that got one. */
  readonly made: number;
  /** False: more versions wait than one pass takes on. */
  readonly complete: boolean;
}

const DAY_MS = 86_400_000;
/** Versions that one pass takes on, so that the windows of other models are not kept waiting. */
const PER_PASS = 5;
/** A version that could not get one is tried again after this long. */
const AGAIN_AFTER_MS = 3_600_000;

type Version = Pick<BaselineRequest, 'tenant' | 'environment' | 'model' | 'version' | 'fromMs'>;

/**
 * A version that ever had a baseline is left alone: an expired one was expired by somebody. One that only metrics tell of
 * has nothing to make a baseline of.
 */
const versionsWithout = ({ days, minRows }: AutoBaselineSettings): string => `
SELECT tenant, environment, model, version, toUnixTimestamp64Milli(min(first_seen)) AS fromMs
FROM ml_model_versions
WHERE (tenant, environment, model, version) NOT IN (SELECT DISTINCT tenant, environment, model, version FROM ml_baselines)
  AND (tenant, environment, model, version) IN (
    SELECT tenant, environment, model, version FROM ml_traffic_windows
    GROUP BY tenant, environment, model, version HAVING sum(rows) >= ${minRows})
GROUP BY tenant, environment, model, version
HAVING min(first_seen) <= now64(3) - toIntervalDay(${days})
ORDER BY fromMs LIMIT 10000`;

const segmentsOf = (
  request: BaselineRequest,
  { minRows, segments }: AutoBaselineSettings,
): string => `
SELECT concat(name, '=', value) AS segment
FROM ml_inferences FINAL ARRAY JOIN mapKeys(segments) AS name, mapValues(segments) AS value
WHERE ${(['tenant', 'environment', 'model', 'version'] as const).map((key) => `${key} = ${quoteText(request[key])}`).join(' AND ')}
  AND ${inRange(request)} AND ${COUNTED}
GROUP BY segment HAVING count() >= ${minRows}
ORDER BY count() DESC, segment LIMIT ${segments}`;

/** Makes the baselines that nobody had to ask for, once each. */
export class AutoBaselines {
  private readonly refusedAt = new Map<string, number>();

  private readonly statements: Statements;
  private readonly settings: AutoBaselineSettings;
  private readonly events: AutoBaselineEvents;

  constructor(statements: Statements, settings: AutoBaselineSettings, events: AutoBaselineEvents) {
    this.statements = statements;
    this.settings = settings;
    this.events = events;
  }

  /** `nowMs` is the engine's clock. */
  async run(nowMs: number): Promise<AutoBaselineReport> {
    if (!this.settings.auto) return { made: 0, complete: true };
    for (const [key, at] of this.refusedAt) {
      if (at + AGAIN_AFTER_MS <= nowMs) this.refusedAt.delete(key);
    }
    const found = await this.statements.read<Version>(versionsWithout(this.settings));
    const waiting = found.filter((version) => !this.refusedAt.has(keyOf(version)));
    let made = 0;
    for (const version of waiting.slice(0, PER_PASS)) {
      const report = await this.make(version);
      if (report.status === 'refused') this.refusedAt.set(keyOf(version), nowMs);
      else made++;
    }
    return { made, complete: waiting.length <= PER_PASS };
  }

  private async make(version: Version): Promise<BaselineReport> {
    const toMs = version.fromMs + this.settings.days * DAY_MS;
    const request = { ...version, segment: '', toMs, source: 'auto', freshBins: false } as const;
    const report = await this.makeOne(request);
    if (report.status === 'refused') return report;
    const segments = await this.statements.read<{ segment: string }>(
      segmentsOf(request, this.settings),
    );
    for (const { segment } of segments) await this.makeOne({ ...request, segment });
    return report;
  }

  private async makeOne(request: BaselineRequest): Promise<BaselineReport> {
    const limits = { ...BASELINE_LIMITS, minRows: this.settings.minRows };
    const report = await createBaseline(this.statements, request, limits);
    if (report.status === 'created') this.events.baselineCreated({ ...request, ...report });
    else this.events.baselineRefused({ ...request, reason: report.reason });
    return report;
  }
}

const keyOf = ({ tenant, environment, model, version }: Version): string =>
  JSON.stringify([tenant, environment, model, version]);
