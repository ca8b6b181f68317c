import { RadioButtonGroup } from '@grafana/ui';
import { CALLS_LIMIT, type CallOrder, tracedCalls } from '@plumbline/schemas/queries';
import { rowsOf, textOf } from '../../../queries/rowsOf';
import { QuerySection } from '../../../scenes/QuerySection';
import { DataTable } from '../../../shared/DataTable';
import { formatCount } from '../../../shared/format';
import { Sections } from '../../../shared/Sections';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { EmptyData } from '../../../states/EmptyData';
import { useModelScope } from '../ModelContext';
import { callColumns } from './callColumns';
import { TraceSection } from './TraceSection';

const ORDERS: readonly CallOrder[] = ['slowest', 'failed', 'expensive', 'unusual'];
const DEFAULTS = { calls: 'slowest', trace: '', span: '' };

const orderText = (order: CallOrder): string => {
  switch (order) {
    case 'slowest':
      return t('modelTraces.order.slowest', 'Slowest');
    case 'failed':
      return t('modelTraces.order.failed', 'Failed');
    case 'expensive':
      return t('modelTraces.order.expensive', 'Most expensive');
    case 'unusual':
      return t('modelTraces.order.unusual', 'Most unusual');
  }
};

const emptyText = (order: CallOrder): string => {
  switch (order) {
    case 'slowest':
      return t('modelTraces.empty.slowest', 'No call of this time range tells how long it took');
    case 'failed':
      return t('modelTraces.empty.failed', 'No call failed in this time range');
    case 'expensive':
      return t('modelTraces.empty.expensive', 'No call of this time range has a known cost');
    case 'unusual':
      return t('modelTraces.empty.unusual', 'No call of this time range broke a check');
  }
};

/** Single calls that are worth a look, and the trace of each. */
const TracesTab = () => {
  const scope = useModelScope();
  const [state, setState] = useUrlState(DEFAULTS);
  const order = ORDERS.find((name) => name === state.calls) ?? 'slowest';
  return (
    <Sections>
      {state.trace !== '' && (
        <TraceSection
          traceId={state.trace}
          spanId={state.span}
          onClose={() => {
            setState({ trace: '', span: '' });
          }}
        />
      )}
      <QuerySection
        title={t('modelTraces.title', 'Calls')}
        description={t(
          'modelTraces.text',
          'The first {{count}}. Unusual are those that broke most checks of their data.',
          { count: formatCount(CALLS_LIMIT) },
        )}
        actions={
          <div style={{ overflowX: 'auto', maxWidth: '100%' }}>
            <RadioButtonGroup
              aria-label={t('modelTraces.order.label', 'Which calls')}
              size="sm"
              options={ORDERS.map((value) => ({ value, label: orderText(value) }))}
              value={order}
              onChange={(calls) => {
                setState({ calls });
              }}
            />
          </div>
        }
        sql={tracedCalls(scope, order)}
        empty={<EmptyData title={emptyText(order)} />}
      >
        {(frames) => (
          <DataTable
            caption={t('modelTraces.caption', 'Calls with their traces')}
            columns={callColumns((row) => {
              setState({ trace: textOf(row, 'trace_id'), span: textOf(row, 'span_id') });
            })}
            items={rowsOf(frames)}
            keyOf={(row) =>
              ['inference_id', 'span_id', 'time_ms'].map((name) => String(row[name])).join(' ')
            }
          />
        )}
      </QuerySection>
    </Sections>
  );
};

export default TracesTab;
