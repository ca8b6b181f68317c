import { RadioButtonGroup } from '@grafana/ui';
import { costTable, TABLE_LIMIT } from '@plumbline/schemas/queries';
import { ShareBar } from '../../../charts/ShareBar';
import { numberOf, type Row, rowsOf, textOf } from '../../../queries/rowsOf';
import { QuerySection } from '../../../scenes/QuerySection';
import { type Column, DataTable } from '../../../shared/DataTable';
import { formatCount, formatMoney, formatShare } from '../../../shared/format';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { EmptyData } from '../../../states/EmptyData';
import { TooMuchData } from '../../../states/TooMuchData';
import { useModelScope } from '../ModelContext';
import { moneyOf } from './costRows';
import { boundsText } from './costTexts';

const CALLERS = ['service', 'team', 'route'] as const;
type Caller = (typeof CALLERS)[number];

const callerText = (caller: Caller): string => {
  switch (caller) {
    case 'service':
      return t('modelCost.caller.service', 'Service');
    case 'team':
      return t('modelCost.caller.team', 'Team');
    case 'route':
      return t('modelCost.caller.route', 'Route');
  }
};

const columns = (caller: Caller, most: number): readonly Column<Row>[] => [
  {
    ...{ key: 'caller', names: true, heading: callerText(caller) },
    cell: (row) => (
      <>
        {textOf(row, caller) || t('modelCost.caller.unnamed', 'Not named')}
        <ShareBar share={most === 0 ? null : (numberOf(row, 'cost') ?? 0) / most} />
      </>
    ),
  },
  {
    ...{ key: 'cost', numeric: true, heading: t('modelCost.column.cost', 'Cost') },
    cell: (row) => formatMoney(numberOf(row, 'cost'), textOf(row, 'currency')),
  },
  {
    ...{ key: 'bounds', numeric: true, heading: t('modelCost.column.bounds', 'Bounds') },
    cell: (row) => boundsText(moneyOf(row)) ?? t('modelCost.caller.exact', 'Exact'),
  },
  {
    ...{ key: 'requests', numeric: true, heading: t('modelCost.column.calls', 'Calls') },
    cell: (row) => formatCount(numberOf(row, 'requests')),
  },
  {
    ...{ key: 'input', numeric: true, heading: t('modelCost.column.tokensIn', 'Tokens in') },
    cell: (row) => formatCount(numberOf(row, 'input_tokens')),
  },
  {
    ...{ key: 'output', numeric: true, heading: t('modelCost.column.tokensOut', 'Tokens out') },
    cell: (row) => formatCount(numberOf(row, 'output_tokens')),
  },
  {
    ...{ key: 'coverage', numeric: true, heading: t('modelCost.column.coverage', 'Priced') },
    cell: (row) => formatShare(numberOf(row, 'coverage')),
  },
];

/** Who the money was spent for. */
export const CostByCaller = () => {
  const scope = useModelScope();
  const [state, setState] = useUrlState({ by: 'service' });
  const caller = CALLERS.find((name) => name === state.by) ?? 'service';
  return (
    <QuerySection
      title={t('modelCost.caller.title', 'Who it was spent for')}
      actions={
        <RadioButtonGroup
          aria-label={t('modelCost.caller.by', 'Spent by')}
          size="sm"
          options={CALLERS.map((value) => ({ value, label: callerText(value) }))}
          value={caller}
          onChange={(by) => {
            setState({ by });
          }}
        />
      }
      sql={costTable(scope, [caller])}
      empty={
        <EmptyData title={t('modelCost.caller.empty', 'No call of this time range used tokens')} />
      }
    >
      {(frames) => {
        const rows = rowsOf(frames);
        const most = Math.max(0, ...rows.map((row) => numberOf(row, 'cost') ?? 0));
        return (
          <>
            {rows.length >= TABLE_LIMIT && <TooMuchData shown={TABLE_LIMIT} />}
            <DataTable
              caption={t('modelCost.caller.caption', 'Cost by who it was spent for')}
              columns={columns(caller, most)}
              items={rows}
              keyOf={(row) => `${textOf(row, caller)} ${textOf(row, 'currency')}`}
            />
          </>
        );
      }}
    </QuerySection>
  );
};
