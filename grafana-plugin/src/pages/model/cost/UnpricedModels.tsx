import { unpriced } from '@plumbline/schemas/queries';
import { numberOf, type Row, rowsOf, textOf } from '../../../queries/rowsOf';
import { QuerySection } from '../../../scenes/QuerySection';
import { type Column, DataTable } from '../../../shared/DataTable';
import { formatCount, UNKNOWN } from '../../../shared/format';
import { t } from '../../../shared/t';
import { useModelScope } from '../ModelContext';

const columns = (): readonly Column<Row>[] => [
  {
    ...{ key: 'model', names: true, heading: t('modelCost.column.model', 'Model') },
    cell: (row) => textOf(row, 'model') || UNKNOWN,
  },
  {
    ...{ key: 'version', heading: t('modelCost.column.version', 'Version') },
    cell: (row) => textOf(row, 'version') || UNKNOWN,
  },
  {
    ...{ key: 'provider', heading: t('modelCost.column.provider', 'Provider') },
    cell: (row) => textOf(row, 'provider') || UNKNOWN,
  },
  {
    ...{ key: 'service', heading: t('modelCost.caller.service', 'Service') },
    cell: (row) => textOf(row, 'service') || UNKNOWN,
  },
  {
    ...{ key: 'calls', numeric: true, heading: t('modelCost.column.calls', 'Calls') },
    cell: (row) => formatCount(numberOf(row, 'unpriced_requests')),
  },
  {
    ...{ key: 'input', numeric: true, heading: t('modelCost.column.tokensIn', 'Tokens in') },
    cell: (row) => formatCount(numberOf(row, 'input_tokens')),
  },
  {
    ...{ key: 'output', numeric: true, heading: t('modelCost.column.tokensOut', 'Tokens out') },
    cell: (row) => formatCount(numberOf(row, 'output_tokens')),
  },
];

/** The names under which calls found no price, so that someone can add one. */
export const UnpricedModels = () => (
  <QuerySection
    title={t('modelCost.unpriced.title', 'Without a price')}
    description={t(
      'modelCost.unpriced.text',
      'No price list of the processor matches these names, or not for all of their tokens. Add one to its prices and run its command "reprice": stored calls get their price too.',
    )}
    sql={unpriced(useModelScope())}
    empty={
      <p>
        {t(
          'modelCost.unpriced.none',
          'None: every call of this time range that should have a price has one.',
        )}
      </p>
    }
  >
    {(frames) => (
      <DataTable
        caption={t('modelCost.unpriced.caption', 'Models without a price')}
        columns={columns()}
        items={rowsOf(frames)}
        keyOf={(row) =>
          ['provider', 'model', 'version', 'service'].map((name) => textOf(row, name)).join(' ')
        }
      />
    )}
  </QuerySection>
);
