import { bridgeTable, bridgeTest } from '@plumbline/collector-processor/dist/stats/bridge';
import { usable } from '@plumbline/collector-processor/dist/monitor/drift/binOrder';
import { DRIFT_DEFAULTS } from '@plumbline/collector-processor/dist/monitor/drift/driftSettings';
import { MARGINALS } from './marginals';
import { simulatedReference } from './reference';
import { Traffic } from './traffic';

const SIZES = [200, 1000, 5000];

/** Share of windows that the bridge test rejects at 5% though nothing changed, over marginals and sizes. */
export function bridgeCalibration(trials: number): number {
  const perCell = Math.ceil(trials / (MARGINALS.length * SIZES.length));
  let [rejected, all] = [0, 0];
  for (const marginal of MARGINALS) {
    for (const rows of SIZES) {
      const regime = { rows, icc: 0, carry: 0, season: () => 0 };
      // A reference has its own noise, so one is good for few windows.
      for (let done = 0; done < perCell; done += 10) {
        const traffic = new Traffic(marginal, regime, 31 * done + rows);
        const reference = simulatedReference(traffic, 5, DRIFT_DEFAULTS);
        const counts = usable(reference.order, reference.baseline);
        const total = counts.reduce((sum, count) => sum + count, 0);
        const table = bridgeTable(
          counts.map((count) => count / total),
          done,
          4000,
        );
        for (let k = 0; k < Math.min(10, perCell - done); k++) {
          all++;
          const window = usable(reference.order, traffic.window(5 + k));
          if (bridgeTest(counts, window, table) <= 0.05) rejected++;
        }
      }
    }
  }
  return rejected / all;
}
