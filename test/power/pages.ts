import {
  DRIFT_DEFAULTS,
  type DriftSettings,
} from '@plumbline/collector-processor/dist/monitor/drift/driftSettings';
import { evaluateFeature } from '@plumbline/collector-processor/dist/monitor/drift/evaluateFeature';
import { evaluateModel } from '@plumbline/collector-processor/dist/monitor/drift/evaluateModel';
import { type Shift, MARGINALS } from './marginals';
import { simulatedReference } from './reference';
import { type Regime, Traffic } from './traffic';

export interface Stream {
  readonly features: number;
  readonly rows: number;
  /** Correlation of an hour's mean with that of the hour before. */
  readonly autocorrelation: number;
  readonly referenceHours: number;
  readonly seed: number;
  readonly settings?: Partial<DriftSettings>;
}

const ICC = 0.05;

/** Not what the regressors can fit: a skewed day, and lunch breaks on working days. */
const season = (hour: number): number => {
  const [day, inDay] = [Math.floor(hour / 24) % 7, hour % 24];
  const wave = Math.sin((2 * Math.PI * inDay) / 24);
  return 0.2 * wave + 0.1 * wave * wave * wave - (day < 5 && inDay === 12 ? 0.1 : 0);
};

function regimeOf({ rows, autocorrelation }: Stream): Regime {
  // Only what users have in common is carried over; the noise of rows is not.
  const common = ICC / Math.ceil(rows / 25);
  const carry = Math.min(0.95, (autocorrelation * (common + (1 - ICC) / rows)) / common);
  return { rows, icc: ICC, carry, season };
}

/** A model whose features come as described: each call of `next` is an hour. */
export function simulatedModel(stream: Stream) {
  const settings = { ...DRIFT_DEFAULTS, ...stream.settings };
  const features = Array.from({ length: stream.features }, (_, k) => {
    const marginal = MARGINALS[k % MARGINALS.length]!;
    const traffic = new Traffic(marginal, regimeOf(stream), stream.seed * 10_007 + k);
    const reference = simulatedReference(traffic, stream.referenceHours, settings);
    return { traffic, reference, before: [] as readonly number[] };
  });
  let hour = stream.referenceHours;
  return {
    /** One hour on; the first `shifted` features have the shift. True: it pages. */
    next(shift: Shift = 'none', shifted = 0): boolean {
      const decision = evaluateModel(
        features.map(({ traffic, reference, before }, k) => ({
          feature: String(k),
          before,
          verdict: evaluateFeature(
            reference,
            traffic.window(hour, k < shifted ? shift : 'none'),
            settings,
          ),
        })),
        1,
        settings,
      );
      decision.features.forEach(({ streams }, k) => {
        features[k]!.before = streams;
      });
      hour++;
      return decision.page;
    },
  };
}

/** Hours without a page after which the next one is another call. */
const SAME_CALL_HOURS = 24;

/** Pages of a stream that never drifts: the calls that a person would get in `hours`. */
export function quietPages(stream: Stream, hours: number): number {
  const model = simulatedModel(stream);
  let [pages, last] = [0, -Infinity];
  for (let hour = 0; hour < hours; hour++) {
    if (!model.next()) continue;
    if (hour - last > SAME_CALL_HOURS) pages++;
    last = hour;
  }
  return pages;
}

/** Hours from the beginning of a shift of 0.15 sd on three features to the first page; `most` when there is none. */
export function windowsToPage(stream: Stream, quietHours: number, most: number): number {
  const model = simulatedModel(stream);
  for (let hour = 0; hour < quietHours; hour++) model.next();
  for (let window = 1; window <= most; window++) if (model.next('loc15', 3)) return window;
  return most;
}
