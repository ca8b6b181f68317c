import type { Estimate } from '../../stats/performance/estimate';
import { type GroupShare, shareDifference, shareRatio } from '../../stats/performance/fairness';
import type { SegmentSums } from './segmentSums';

/** A gap between a group and the reference group of the same segment key. */
export interface GroupGap {
  readonly sums: SegmentSums;
  readonly reference: string;
  readonly metric: string;
  readonly estimate: Estimate;
  /** Whether labels are behind it. */
  readonly isLabelled: boolean;
}

const keyOf = ({ segment }: SegmentSums): string => segment.slice(0, segment.indexOf('='));

/** Share of predicted positives, and of the labelled positives those that were found. */
const selected = ({ positive, flagged }: SegmentSums): GroupShare => ({
  count: positive,
  n: flagged,
});
const found = ({ cells }: SegmentSums): GroupShare => {
  const hits = cells['["1","1"]'] ?? 0;
  return { count: hits, n: hits + (cells['["1","0"]'] ?? 0) };
};

/**
 * Fairness of a binary model between the groups of each segment key (`country=fr`, `country=de`): each against the largest
 * one of the hour. Gaps of predictions alone need no labels.
 */
export function groupGaps(segments: readonly SegmentSums[]): GroupGap[] {
  const groups = new Map<string, SegmentSums[]>();
  for (const sums of segments) {
    if (sums.kind !== 'binary' || sums.flagged === 0 || !sums.segment.includes('=')) continue;
    groups.set(keyOf(sums), [...(groups.get(keyOf(sums)) ?? []), sums]);
  }
  return [...groups.values()].flatMap((members) => {
    const [reference, ...others] = members.toSorted(
      (a, b) => b.flagged - a.flagged || (a.segment < b.segment ? -1 : 1),
    );
    return others.flatMap((sums) => gapsOf(sums, reference!));
  });
}

function gapsOf(sums: SegmentSums, reference: SegmentSums): GroupGap[] {
  const gap = { sums, reference: reference.segment };
  const shares = [selected(sums), selected(reference)] as const;
  const gaps = [
    {
      ...gap,
      metric: 'demographic_parity_difference',
      estimate: shareDifference(...shares),
      isLabelled: false,
    },
    {
      ...gap,
      metric: 'disparate_impact_ratio',
      estimate: shareRatio(...shares),
      isLabelled: false,
    },
  ];
  const estimate = shareDifference(found(sums), found(reference));
  const isTold = sums.usable > 0 && reference.usable > 0;
  return isTold
    ? [...gaps, { ...gap, metric: 'equal_opportunity_difference', estimate, isLabelled: true }]
    : gaps;
}
