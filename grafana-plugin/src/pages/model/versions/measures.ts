import { numberOf, type Row, textOf } from '../../../queries/rowsOf';
import {
  formatAgo,
  formatCount,
  formatMoney,
  formatMs,
  formatNumber,
  formatShare,
  formatTime,
  type MaybeNumber,
  UNKNOWN,
} from '../../../shared/format';
import { statusText } from '../../../shared/status';
import { t } from '../../../shared/t';
import { metricsOf, type VersionFacts } from './versionFacts';

/** A line of the comparison: what it says of a version, and the number behind it where versions can be told apart by one. */
export interface Measure {
  readonly key: string;
  readonly label: string;
  readonly text: (version: VersionFacts) => string;
  readonly value?: (version: VersionFacts) => number | null;
  /** The number is a share: versions differ by points of it, for a share of a share misleads. */
  readonly isShare?: boolean;
}

const words = (key: string, label: string, column: string): Measure => ({
  ...{ key, label },
  text: ({ state }) => textOf(state, column) || UNKNOWN,
});

const status = (key: string, label: string, column: string): Measure => ({
  ...{ key, label },
  text: ({ state }) => statusText(textOf(state, column)),
});

const number = (
  column: string,
  label: string,
  rowOf: (version: VersionFacts) => Row,
  format: (value: MaybeNumber, row: Row) => string,
): Measure => {
  const value = (version: VersionFacts) => numberOf(rowOf(version), column);
  return {
    ...{ key: column, label, value, isShare: format === formatShare },
    text: (version) => format(value(version), rowOf(version)),
  };
};

const money = (value: MaybeNumber, row: Row): string => formatMoney(value, textOf(row, 'currency'));

const stateMeasures = (): readonly Measure[] => [
  words('stage', t('modelVersions.measure.stage', 'Stage'), 'stage'),
  status('status', t('modelVersions.measure.status', 'Status'), 'status'),
  {
    key: 'first_seen',
    label: t('modelVersions.measure.firstSeen', 'First seen'),
    text: ({ state }) => formatTime(numberOf(state, 'first_seen_ms')),
  },
  {
    key: 'last_seen',
    label: t('modelVersions.measure.lastSeen', 'Last seen'),
    text: ({ state }) => formatAgo(numberOf(state, 'last_seen_ms')),
  },
];

const trafficMeasures = (): readonly Measure[] => {
  const traffic = ({ traffic: row }: VersionFacts) => row;
  return [
    number('requests', t('modelVersions.measure.requests', 'Calls'), traffic, formatCount),
    number('error_rate', t('modelVersions.measure.errors', 'Failed calls'), traffic, formatShare),
    number(
      'latency_p50_ms',
      t('modelVersions.measure.p50', 'Latency of a typical minute, median'),
      traffic,
      formatMs,
    ),
    number(
      'latency_p95_ms',
      t('modelVersions.measure.p95', 'Latency of a typical minute, 95%'),
      traffic,
      formatMs,
    ),
    number('cost', t('modelVersions.measure.cost', 'Cost'), traffic, money),
    number(
      'cost_per_1000',
      t('modelVersions.measure.costPerThousand', 'Cost of 1,000 calls'),
      traffic,
      money,
    ),
    number(
      'coverage',
      t('modelVersions.measure.coverage', 'Calls with a known price'),
      traffic,
      formatShare,
    ),
  ];
};

const findingMeasures = (): readonly Measure[] => [
  status('drift_status', t('modelVersions.measure.drift', 'Drift'), 'drift_status'),
  {
    key: 'drifted',
    label: t('modelVersions.measure.drifted', 'Features that drift'),
    value: ({ drift }) => numberOf(drift, 'features_drifted'),
    text: ({ drift }) => {
      const drifted = numberOf(drift, 'features_drifted');
      return drifted === null
        ? UNKNOWN
        : t('modelVersions.measure.ofAll', '{{part}} of {{all}}', {
            part: formatCount(drifted),
            all: formatCount(numberOf(drift, 'features')),
          });
    },
  },
  number(
    'violation_rate',
    t('modelVersions.measure.violations', 'Rows that broke a check'),
    ({ quality }) => quality,
    formatShare,
  ),
];

const metricMeasure = (metric: string): Measure => ({
  key: `metric ${metric}`,
  label: metric,
  value: ({ metrics }) => metrics.get(metric)?.value ?? null,
  text: ({ metrics }) => {
    const { value = null, low = null, high = null } = metrics.get(metric) ?? {};
    return low === null || high === null
      ? formatNumber(value)
      : t('modelVersions.measure.interval', '{{value}} ({{low}} to {{high}})', {
          value: formatNumber(value),
          low: formatNumber(low),
          high: formatNumber(high),
        });
  },
});

/** All lines of the comparison. */
export const measuresOf = (versions: readonly VersionFacts[]): readonly Measure[] => [
  ...stateMeasures(),
  ...trafficMeasures(),
  ...findingMeasures(),
  ...metricsOf(versions).map(metricMeasure),
];
