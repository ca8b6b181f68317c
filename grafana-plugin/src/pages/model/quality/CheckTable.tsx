import { Button } from '@grafana/ui';
import { formatCount, formatProbability, formatTime, UNKNOWN } from '../../../shared/format';
import { StatusBadge } from '../../../shared/StatusBadge';
import { t } from '../../../shared/t';
import { DataTable, type TableColumn } from '../parts/DataTable';
import { type Check, checkTone } from './check';
import { checkText } from './checkTexts';
import { rateText } from './rateText';

interface Props {
  readonly checks: readonly Check[];
  readonly onPick: (check: Check) => void;
}

const intervalText = ({ check, low, high }: Check): string =>
  low === null && high === null ? UNKNOWN : `${rateText(check, low)} … ${rateText(check, high)}`;

const statusCell = (one: Check) => {
  const tone = checkTone(one);
  return (
    <StatusBadge
      status={one.pages ? 'page' : one.status}
      {...(tone === undefined ? {} : { tone })}
    />
  );
};

const columns = (onPick: Props['onPick']): readonly TableColumn<Check>[] => [
  {
    key: 'check',
    heading: t('quality.column.check', 'Check'),
    cell: (one) => (
      <Button
        size="sm"
        fill="text"
        onClick={() => {
          onPick(one);
        }}
      >
        {checkText(one.check)}
      </Button>
    ),
  },
  {
    key: 'feature',
    heading: t('quality.column.feature', 'Feature'),
    cell: ({ feature }) => feature || t('quality.column.model', 'The whole model'),
  },
  { key: 'status', heading: t('quality.column.status', 'Status'), cell: statusCell },
  {
    key: 'rate',
    heading: t('quality.column.rate', 'Rate'),
    cell: ({ check, rate }) => rateText(check, rate),
    isNumber: true,
  },
  {
    key: 'interval',
    heading: t('performance.interval', 'Interval (95%)'),
    cell: intervalText,
    isNumber: true,
  },
  {
    key: 'expected',
    heading: t('quality.column.expected', 'Expected'),
    cell: ({ check, expected }) => rateText(check, expected),
    isNumber: true,
  },
  {
    key: 'p',
    heading: t('drift.number.p', 'p-value'),
    cell: ({ p }) => formatProbability(p),
    isNumber: true,
  },
  {
    key: 'rows',
    heading: t('quality.column.rows', 'Broken of all'),
    cell: ({ violations, rows }) => `${formatCount(violations)} / ${formatCount(rows)}`,
    isNumber: true,
  },
  {
    key: 'version',
    heading: t('model.version', 'Version'),
    cell: ({ version }) => version || UNKNOWN,
  },
  {
    key: 'detail',
    heading: t('quality.column.detail', 'Details'),
    cell: ({ detail }) => detail,
  },
  {
    key: 'time',
    heading: t('performance.hour', 'Hour'),
    cell: ({ timeMs }) => formatTime(timeMs),
  },
];

/** Checks with what they rest on; a check is a button that shows it over time. */
export const CheckTable = ({ checks, onPick }: Props) => (
  <DataTable
    caption={t('quality.hours.title', 'Checks of hours')}
    items={checks}
    keyOf={({ key }) => key}
    columns={columns(onPick)}
  />
);
