import type { DriftSettings } from '@plumbline/collector-processor/dist/monitor/drift/driftSettings';
import type {
  FeatureBaseline,
  FeatureWindow,
} from '@plumbline/collector-processor/dist/monitor/drift/featureCounts';
import {
  type FeatureReference,
  featureReference,
} from '@plumbline/collector-processor/dist/monitor/drift/featureReference';
import { HOUR_MS, START_MS, type Traffic } from './traffic';

const added = (a: readonly number[], b: readonly number[]): number[] =>
  b.map((value, k) => (a[k] ?? 0) + value);

/** The reference of the first `hours` of a stream. */
export function simulatedReference(
  traffic: Traffic,
  hours: number,
  settings: DriftSettings,
): FeatureReference {
  const windows = Array.from({ length: hours }, (_, hour): FeatureWindow => traffic.window(hour));
  const baseline = windows.reduce<FeatureBaseline>(
    (all, one) => ({
      ...all,
      counts: added(all.counts, one.counts),
      sums: added(all.sums, one.sums),
      sum: all.sum + one.sum,
      sumSquares: all.sumSquares + one.sumSquares,
    }),
    {
      baseline: 'simulated',
      fromMs: START_MS,
      toMs: START_MS + hours * HOUR_MS,
      counts: [],
      sums: [],
      sum: 0,
      sumSquares: 0,
    },
  );
  return featureReference(traffic.bins, baseline, windows, settings);
}
