import { DRIFT_DEFAULTS } from '@plumbline/collector-processor/dist/monitor/drift/driftSettings';
import { evaluateFeature } from '@plumbline/collector-processor/dist/monitor/drift/evaluateFeature';
import { seedOf } from '@plumbline/collector-processor/dist/stats/random';
import { type Marginal, MARGINALS, type Shift } from './marginals';
import { simulatedReference } from './reference';
import { type Regime, Traffic } from './traffic';

export const SHIFTS = ['loc20', 'loc50', 'scale12', 'scale15', 'contaminated'] as const;
const REFERENCE_HOURS = 168;
const ALPHA = 0.01;

const none = (): number => 0;
const REGIMES: Readonly<Record<string, Omit<Regime, 'rows'>>> = {
  iid: { icc: 0, carry: 0, season: none },
  clusters: { icc: 0.05, carry: 0, season: none },
  season: { icc: 0, carry: 0, season: (hour) => 0.3 * Math.sin((2 * Math.PI * hour) / 24) },
  businessHours: {
    icc: 0,
    carry: 0,
    season: (hour) => (hour % 24 >= 9 && hour % 24 < 17 ? 0.3 : 0),
  },
};

/** What one cell gave: how many of `trials` windows were rejected at 1%, by shift. */
export interface Cell {
  readonly marginal: Marginal;
  readonly regime: string;
  readonly trials: number;
  readonly rejected: Readonly<Record<Shift, number>>;
}

export interface GridResult {
  readonly cells: readonly Cell[];
  readonly fpr: number;
  readonly tpr: number;
  readonly balancedAccuracy: number;
}

/** The grid of five marginals and four regimes; each reference of a week judges 20 windows of each shift. */
export function runGrid(rows: number, trials: number): GridResult {
  const cells = MARGINALS.flatMap((marginal) =>
    Object.entries(REGIMES).map(([regime, how]) =>
      runCell(marginal, regime, { ...how, rows }, trials),
    ),
  );
  const all = cells.reduce((sum, cell) => sum + cell.trials, 0);
  const rejected = (shift: Shift): number =>
    cells.reduce((sum, cell) => sum + cell.rejected[shift], 0);
  const fpr = rejected('none') / all;
  const tpr = SHIFTS.reduce((sum, shift) => sum + rejected(shift), 0) / (all * SHIFTS.length);
  return { cells, fpr, tpr, balancedAccuracy: (1 - fpr + tpr) / 2 };
}

const WINDOWS_PER_REFERENCE = 20;

function runCell(marginal: Marginal, regime: string, how: Regime, trials: number): Cell {
  const rejected = {
    none: 0,
    loc15: 0,
    loc20: 0,
    loc50: 0,
    scale12: 0,
    scale15: 0,
    contaminated: 0,
  };
  for (let done = 0; done < trials; done += WINDOWS_PER_REFERENCE) {
    const traffic = new Traffic(marginal, how, seedOf(`${marginal} ${regime} ${done}`));
    const reference = simulatedReference(traffic, REFERENCE_HOURS, DRIFT_DEFAULTS);
    const count = Math.min(WINDOWS_PER_REFERENCE, trials - done);
    for (let k = 0; k < count; k++) {
      // Seven hours apart: all hours of the day come up.
      const hour = REFERENCE_HOURS + 7 * k;
      for (const shift of ['none', ...SHIFTS] as const) {
        const { p } = evaluateFeature(reference, traffic.window(hour, shift), DRIFT_DEFAULTS);
        if (p <= ALPHA) rejected[shift]++;
      }
    }
  }
  return { marginal, regime, trials, rejected };
}
