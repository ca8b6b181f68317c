import { BUCKET, type Inference, TOKEN_BUCKETS } from '../core/inference';
import type { ModelUsage } from '../core/modelUsage';

type Labels = Omit<ModelUsage, 'tokens' | 'costs'>;
type Level = Map<string, Level | number>;

const BUCKETS = TOKEN_BUCKETS.length;
/** Of one record: the series and bucket, the tokens, the cost. */
const RECORD = 3;

/**
 * Tokens and costs of a block's inferences, kept in a form that can be rolled back and added up at the end. The same
 * calls count as in `ml_traffic_minutes`, except that neither duplicates nor whole traces can be looked at here.
 */
export class UsageRecords {
  private readonly series: Labels[] = [];
  private ids: Level = new Map();
  private records = new Float64Array(1024 * RECORD);
  private length = 0;
  private marked = 0;

  push(inference: Inference): void {
    // Without a status there was neither usage nor a price to look for.
    if (inference.costStatus === '') return;
    if (inference.rollup !== 0 || inference.clockSkew !== 0) return;
    const { tokens, costs, cost } = inference;
    const weight = Number.isNaN(inference.sampleWeight) ? 1 : inference.sampleWeight;
    let series = -1;
    let split = false;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const used = tokens[bucket]! * weight;
      const paid = costs[bucket]! * weight;
      if (Number.isNaN(used) && Number.isNaN(paid)) continue;
      split ||= !Number.isNaN(paid);
      if (series < 0) series = this.seriesOf(inference);
      this.note(series * BUCKETS + bucket, used, paid);
    }
    if (!split && !Number.isNaN(cost)) {
      this.note(this.seriesOf(inference) * BUCKETS + BUCKET.other, NaN, cost * weight);
    }
  }

  mark(): void {
    this.marked = this.length;
  }

  rollback(): void {
    this.length = this.marked;
  }

  reset(): void {
    this.length = this.series.length = 0;
    this.ids = new Map();
  }

  /** The sums, by series. */
  sums(): ModelUsage[] {
    const sums = new Map<number, ModelUsage>();
    for (let at = 0; at < this.length; at += RECORD) {
      const place = this.records[at]!;
      const bucket = place % BUCKETS;
      const id = (place - bucket) / BUCKETS;
      let sum = sums.get(id);
      if (sum === undefined) {
        const nothing = { tokens: new Float64Array(BUCKETS), costs: new Float64Array(BUCKETS) };
        sum = { ...this.series[id]!, ...nothing };
        sums.set(id, sum);
      }
      const used = this.records[at + 1]!;
      const paid = this.records[at + 2]!;
      if (!Number.isNaN(used)) sum.tokens[bucket]! += used;
      if (!Number.isNaN(paid)) sum.costs[bucket]! += paid;
    }
    return [...sums.values()];
  }

  private note(place: number, used: number, paid: number): void {
    if (this.length === this.records.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.records);
      this.records = larger;
    }
    this.records[this.length++] = place;
    this.records[this.length++] = used;
    this.records[this.length++] = paid;
  }

  /** Levels of maps instead of one key: the texts repeat and their hashes are known, a joined key would be new each time. */
  private seriesOf(inference: Inference): number {
    const { tenant, environment, model, provider, service, currency } = inference;
    let level = below(this.ids, tenant);
    level = below(level, environment);
    level = below(level, model);
    level = below(level, provider);
    level = below(level, service);
    const known = level.get(currency) as number | undefined;
    if (known !== undefined) return known;
    const id = this.series.length;
    this.series.push({ tenant, environment, model, provider, service, currency });
    level.set(currency, id);
    return id;
  }
}

function below(level: Level, key: string): Level {
  let next = level.get(key) as Level | undefined;
  if (next === undefined) {
    next = new Map();
    level.set(key, next);
  }
  return next;
}
