import { SMALLEST_GROUP } from '../../stats/performance/fairness';
import { meanEstimate } from '../../stats/performance/meanEstimate';
import { shareEstimate } from '../../stats/performance/share';
import type { EvaluationSums } from './evaluationSums';
import { groupGaps } from './groupGaps';
import type { MetricRow } from './performanceRow';
import { segmentMetrics } from './segmentMetrics';
import type { HourKey, SegmentSums } from './segmentSums';
import type { LabelCounts } from './unknownLabels';

/** A metric that is stored for an hour. */
export interface StoredMetric extends HourKey {
  readonly segment: string;
  readonly metric: string;
}

/** All that is known of a model's hour. */
export interface HourSums {
  readonly segments: SegmentSums[];
  readonly evaluations: EvaluationSums[];
  readonly stored: StoredMetric[];
}

const SMALL = `a group has fewer than ${SMALLEST_GROUP} rows`;
const UNUSABLE = 'some labels cannot be compared with their predictions';

/** As for all windows: the newest row in milliseconds, times 2^64, plus the rows read. */
const versionOf = (newest: number, read: number): bigint => (BigInt(newest) << 64n) + BigInt(read);

function labelRows(sums: SegmentSums, windowVersion: bigint): MetricRow[] {
  const { segment, kind, n, labelled, usable, lag } = sums;
  const row = { hour: sums, segment, reference: '', kind, n, lag, windowVersion };
  const estimate = { ...shareEstimate(labelled, n), n: labelled };
  const reason = labelled > usable ? UNUSABLE : '';
  return [
    { ...row, metric: 'label_coverage', estimate, labelled: null, reason },
    ...segmentMetrics(sums).map(([metric, found]) => ({
      ...row,
      metric,
      estimate: found,
      labelled: usable,
      reason,
    })),
  ];
}

/** Scores between 0 and 1 have an interval between them. */
function evaluationRow(sums: EvaluationSums, of: SegmentSums, windowVersion: bigint): MetricRow {
  const isShare = sums.least >= 0 && sums.most <= 1;
  const { n, sum, squares } = sums;
  const total = { n, sum: sum ?? NaN, squares: squares ?? NaN };
  return {
    hour: sums,
    segment: sums.segment,
    metric: `evaluation.${sums.name}`,
    reference: '',
    kind: of.kind,
    estimate: meanEstimate(total, isShare ? [0, 1] : undefined),
    n: of.n,
    labelled: n,
    lag: sums.lag,
    reason: '',
    windowVersion,
  };
}

/** The rows of a model's hour, with one of no rows for each stored metric that is gone. */
export function hourRows({ segments, evaluations, stored }: HourSums): MetricRow[] {
  const [first] = segments;
  if (first === undefined) return [];
  const all = evaluations.filter(({ segment }) => segment === '');
  const windowVersion = versionOf(
    Math.max(first.newest, ...all.map(({ newest }) => newest)),
    all.reduce((sum, { read }) => sum + read, first.read),
  );
  const bySegment = new Map(segments.map((sums) => [sums.segment, sums]));
  const rows = segments
    .filter(({ n }) => n > 0)
    .flatMap((sums): MetricRow[] => labelRows(sums, windowVersion));
  for (const sums of evaluations) {
    const of = bySegment.get(sums.segment);
    if (of !== undefined) rows.push(evaluationRow(sums, of, windowVersion));
  }
  for (const { sums, reference, metric, estimate, isLabelled } of groupGaps(segments)) {
    const isSmall = Number.isNaN(estimate.value);
    rows.push({
      hour: sums,
      segment: sums.segment,
      metric,
      reference,
      kind: sums.kind,
      estimate,
      n: sums.n,
      labelled: isLabelled ? sums.usable : null,
      lag: isLabelled ? sums.lag : null,
      reason: isSmall ? SMALL : '',
      windowVersion,
    });
  }
  const fresh = new Set(rows.map(({ segment, metric }) => JSON.stringify([segment, metric])));
  const gone = stored.filter(
    ({ segment, metric }) => !fresh.has(JSON.stringify([segment, metric])),
  );
  return [...rows, ...gone.map((metric) => goneRow(metric, windowVersion))];
}

const goneRow = (stored: StoredMetric, windowVersion: bigint): MetricRow => ({
  hour: stored,
  segment: stored.segment,
  metric: stored.metric,
  reference: '',
  kind: '',
  estimate: { value: NaN, low: NaN, high: NaN, n: 0 },
  n: 0,
  labelled: null,
  lag: null,
  reason: 'its rows are gone',
  windowVersion,
});

/** The metric of labels whose prediction nobody knows; it is there for every hour with labels. */
export const UNKNOWN_LABELS = 'unknown_labels';

export const unknownRow = (counts: LabelCounts): MetricRow => ({
  hour: counts,
  segment: '',
  metric: UNKNOWN_LABELS,
  reference: '',
  kind: '',
  estimate: { value: counts.unknown, low: counts.unknown, high: counts.unknown, n: counts.n },
  n: counts.n,
  labelled: null,
  lag: null,
  reason: '',
  windowVersion: versionOf(counts.newest, counts.read),
});
