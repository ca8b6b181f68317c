import { Stack } from '@grafana/ui';
import { segmentText } from '../../../shared/driftTexts';
import {
  formatCount,
  formatNumber,
  formatShare,
  formatTime,
  UNKNOWN,
} from '../../../shared/format';
import { StatusBadge } from '../../../shared/StatusBadge';
import { t } from '../../../shared/t';
import { DataTable, type TableColumn } from '../parts/DataTable';
import { isRealGap, type MeasuredMetric, metricText } from './measuredMetric';

interface Props {
  readonly caption: string;
  readonly metrics: readonly MeasuredMetric[];
  /** With the columns that tell groups apart. */
  readonly ofGroups?: boolean;
}

const segmentCell = ({ segment, referenceSegment }: MeasuredMetric): string =>
  referenceSegment === ''
    ? segmentText(segment)
    : t('performance.against', '{{segment}} against {{reference}}', {
        segment,
        reference: referenceSegment,
      });

const StateCell = ({ metric }: { readonly metric: MeasuredMetric }) => {
  const real = isRealGap(metric);
  return (
    <Stack wrap="wrap" gap={0.5} alignItems="center">
      <StatusBadge status={metric.status} />
      {real === true && <span>{t('performance.real', 'A difference')}</span>}
      {real === false && <span>{t('performance.chance', 'May be chance')}</span>}
      {metric.reason !== '' && <span>{metric.reason}</span>}
    </Stack>
  );
};

const columnsOf = (ofGroups: boolean): readonly TableColumn<MeasuredMetric>[] => [
  {
    key: 'metric',
    heading: t('performance.metric', 'Metric'),
    cell: ({ metric }) => metricText(metric),
  },
  ...(ofGroups
    ? [{ key: 'segment', heading: t('drift.segment.label', 'Segment'), cell: segmentCell }]
    : []),
  {
    key: 'version',
    heading: t('model.version', 'Version'),
    cell: ({ version }) => version || UNKNOWN,
  },
  {
    key: 'value',
    heading: t('performance.value', 'Value'),
    cell: ({ value }) => formatNumber(value),
    isNumber: true,
  },
  {
    key: 'interval',
    heading: t('performance.interval', 'Interval (95%)'),
    cell: ({ low, high }) => `${formatNumber(low)} … ${formatNumber(high)}`,
    isNumber: true,
  },
  {
    key: 'rows',
    heading: t('performance.labelled', 'Labelled of all'),
    cell: ({ labelled, rows }) => `${formatCount(labelled)} / ${formatCount(rows)}`,
    isNumber: true,
  },
  {
    key: 'coverage',
    heading: t('performance.coverage', 'Coverage'),
    cell: ({ coverage }) => formatShare(coverage),
    isNumber: true,
  },
  {
    key: 'status',
    heading: t('performance.status', 'Status'),
    cell: (metric) => <StateCell metric={metric} />,
  },
  {
    key: 'time',
    heading: t('performance.hour', 'Hour'),
    cell: ({ timeMs }) => formatTime(timeMs),
  },
];

/** Metrics with what they rest on. */
export const MetricTable = ({ caption, metrics, ofGroups = false }: Props) => (
  <DataTable
    caption={caption}
    items={metrics}
    keyOf={({ metric, version, segment, referenceSegment }) =>
      JSON.stringify([metric, version, segment, referenceSegment])
    }
    columns={columnsOf(ofGroups)}
  />
);
