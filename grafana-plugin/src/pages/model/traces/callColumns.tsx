import { Button, Stack } from '@grafana/ui';
import { numberOf, type Row, textOf } from '../../../queries/rowsOf';
import type { Column } from '../../../shared/DataTable';
import { formatMoney, formatMs, formatTime, UNKNOWN } from '../../../shared/format';
import { t } from '../../../shared/t';
import { ExploreTraceLink } from './ExploreTraceLink';

/** Where a call came from: its service, and the route in it. */
const callerOf = (row: Row): string =>
  [textOf(row, 'service'), textOf(row, 'route')].filter((text) => text !== '').join(' ') || UNKNOWN;

const outcomeOf = (row: Row): string =>
  textOf(row, 'status') === 'error'
    ? t('modelTraces.call.failed', 'Failed: {{kind}}', {
        kind: textOf(row, 'error_type') || t('modelTraces.call.unknownError', 'not told why'),
      })
    : t('modelTraces.call.ok', 'OK');

const traceCell = (row: Row, onShow: (row: Row) => void) => {
  const traceId = textOf(row, 'trace_id');
  if (traceId === '') return t('modelTraces.call.noTrace', 'Has no trace');
  return (
    <Stack gap={1}>
      <Button
        size="sm"
        variant="secondary"
        icon="gf-traces"
        aria-label={t('modelTraces.call.showLabel', 'Show the trace of {{time}}', {
          time: formatTime(numberOf(row, 'time_ms')),
        })}
        onClick={() => {
          onShow(row);
        }}
      >
        {t('modelTraces.call.show', 'Show')}
      </Button>
      <ExploreTraceLink traceId={traceId} />
    </Stack>
  );
};

/** What the list tells of a call. */
export const callColumns = (onShow: (row: Row) => void): readonly Column<Row>[] => [
  {
    ...{ key: 'time', names: true, heading: t('modelTraces.column.time', 'Time') },
    cell: (row) => formatTime(numberOf(row, 'time_ms')),
  },
  {
    ...{ key: 'version', heading: t('modelTraces.column.version', 'Version') },
    cell: (row) => textOf(row, 'version') || UNKNOWN,
  },
  {
    ...{ key: 'caller', heading: t('modelTraces.column.caller', 'Called by') },
    cell: callerOf,
  },
  {
    ...{ key: 'latency', numeric: true, heading: t('modelTraces.column.latency', 'Took') },
    cell: (row) => formatMs(numberOf(row, 'latency_ms')),
  },
  {
    ...{ key: 'cost', numeric: true, heading: t('modelTraces.column.cost', 'Cost') },
    cell: (row) => formatMoney(numberOf(row, 'cost'), textOf(row, 'currency')),
  },
  {
    ...{ key: 'outcome', heading: t('modelTraces.column.outcome', 'Outcome') },
    cell: outcomeOf,
  },
  {
    ...{ key: 'broken', heading: t('modelTraces.column.broken', 'Checks it broke') },
    cell: (row) => textOf(row, 'broken') || t('modelTraces.call.noneBroken', 'None'),
  },
  {
    ...{ key: 'trace', heading: t('modelTraces.column.trace', 'Trace') },
    cell: (row) => traceCell(row, onShow),
  },
];
