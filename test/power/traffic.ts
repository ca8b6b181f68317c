import type { FeatureBins } from '@plumbline/schemas';
import type { FeatureWindow } from '@plumbline/collector-processor/dist/monitor/drift/featureCounts';
import { createRandom } from '@plumbline/collector-processor/dist/stats/random';
import { type Marginal, type Shift, STEPS, valuesByLatent } from './marginals';
import { placeOf, simulatedBins } from './simulatedBins';

export const HOUR_MS = 3_600_000;
/** A Monday. */
export const START_MS = Date.UTC(2026, 0, 5);

/** How the rows of a feature come. All sizes are in standard deviations of a latent normal variable. */
export interface Regime {
  readonly rows: number;
  /** Share of the variance that the rows of a user have in common; users have 25 rows an hour. */
  readonly icc: number;
  /** Correlation of a user's level with that of the hour before. */
  readonly carry: number;
  readonly season: (hour: number) => number;
}

const CLUSTER = 25;
const POOL = 1 << 16;
const POOLED = Float64Array.from({ length: POOL }, createRandom(4711).normal);
const PER_UNIT = STEPS / 10;

const valueTables = new Map<string, Float64Array>();
function valuesOf(marginal: Marginal, shift: Shift): Float64Array {
  const key = `${marginal} ${shift}`;
  const known = valueTables.get(key) ?? valuesByLatent(marginal, shift);
  valueTables.set(key, known);
  return known;
}

/** A stream of windows of one feature, the same for the same seed. */
export class Traffic {
  readonly bins: FeatureBins;
  private readonly marginal: Marginal;
  private readonly regime: Regime;
  private readonly levels: Float64Array;
  private readonly places = new Map<Shift, Uint8Array>();
  private state: number;

  constructor(marginal: Marginal, regime: Regime, seed: number) {
    this.marginal = marginal;
    this.regime = regime;
    this.state = (Math.imul(seed + 1, 0x9e3779b1) | 1) >>> 0;
    this.levels = Float64Array.from({ length: Math.ceil(regime.rows / CLUSTER) }, this.normal);
    this.bins = simulatedBins(this.sample());
  }

  /** Counts and sums of an hour. */
  window(hour: number, shift: Shift = 'none'): FeatureWindow {
    const values = valuesOf(this.marginal, shift);
    const places = this.placesOf(shift, values);
    const length = this.bins.edges.length + this.bins.atoms.length + 3;
    const counts = new Array<number>(length).fill(0);
    const sums = new Array<number>(length).fill(0);
    let [sum, sumSquares] = [0, 0];
    this.rows(hour, (step) => {
      const [place, value] = [places[step]!, values[step]!];
      counts[place]!++;
      sums[place]! += value;
      sum += value;
      sumSquares += value * value;
    });
    return { timeMs: START_MS + hour * HOUR_MS, counts, sums, sum, sumSquares };
  }

  private rows(hour: number, row: (step: number) => void): void {
    const { rows, icc, carry, season } = this.regime;
    const level = season(hour);
    const [common, own] = [Math.sqrt(icc), Math.sqrt(1 - icc)];
    const fresh = Math.sqrt(1 - carry * carry);
    for (let user = 0; user * CLUSTER < rows; user++) {
      const here = carry * this.levels[user]! + fresh * this.normal();
      this.levels[user] = here;
      const centre = level + common * here;
      for (let i = user * CLUSTER; i < Math.min(rows, (user + 1) * CLUSTER); i++) {
        const step = ((centre + own * this.normal() + 5) * PER_UNIT) | 0;
        row(step < 0 ? 0 : step >= STEPS ? STEPS - 1 : step);
      }
    }
  }

  private readonly normal = (): number => {
    // Xorshift (G. Marsaglia, Journal of Statistical Software 8, 2003): billions of rows are drawn.
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return POOLED[this.state >>> 16]!;
  };

  private sample(): Float64Array {
    const values = valuesOf(this.marginal, 'none');
    const found: number[] = [];
    for (let hour = 0; hour < 24; hour++) this.rows(hour, (step) => found.push(values[step]!));
    return Float64Array.from(found);
  }

  private placesOf(shift: Shift, values: Float64Array): Uint8Array {
    const known = this.places.get(shift);
    if (known !== undefined) return known;
    const made = Uint8Array.from(values, (value) => placeOf(this.bins, value));
    this.places.set(shift, made);
    return made;
  }
}
