import { bucketTable, costByBucket } from '@plumbline/schemas/queries';
import { ShareBar } from '../../../charts/ShareBar';
import { numberOf, type Row, rowsOf, textOf } from '../../../queries/rowsOf';
import { QuerySection } from '../../../scenes/QuerySection';
import { type Column, DataTable } from '../../../shared/DataTable';
import { formatCount, formatMoney, UNKNOWN } from '../../../shared/format';
import { Sections } from '../../../shared/Sections';
import { t } from '../../../shared/t';
import { useModelScope } from '../ModelContext';
import { seriesByCurrency } from './costRows';
import { bucketText } from './costTexts';
import { CurrencyCharts } from './CurrencyCharts';

const columns = (most: number): readonly Column<Row>[] => [
  {
    ...{ key: 'bucket', names: true, heading: t('modelCost.column.bucket', 'Tokens of') },
    cell: (row) => (
      <>
        {bucketText(textOf(row, 'bucket'))}
        <ShareBar share={most === 0 ? null : (numberOf(row, 'cost') ?? 0) / most} />
      </>
    ),
  },
  {
    ...{ key: 'tokens', numeric: true, heading: t('modelCost.column.tokens', 'Tokens') },
    cell: (row) => formatCount(numberOf(row, 'tokens')),
  },
  {
    ...{ key: 'cost', numeric: true, heading: t('modelCost.column.cost', 'Cost') },
    cell: (row) => formatMoney(numberOf(row, 'cost'), textOf(row, 'currency')),
  },
  {
    key: 'price',
    numeric: true,
    heading: t('modelCost.column.price', 'Per million'),
    cell: (row) => formatMoney(numberOf(row, 'price_per_million'), textOf(row, 'currency')),
  },
  {
    key: 'unpriced',
    numeric: true,
    heading: t('modelCost.column.unpricedTokens', 'Without a price'),
    cell: (row) => formatCount(numberOf(row, 'unpriced_tokens')),
  },
  {
    key: 'version',
    heading: t('modelCost.column.priceVersion', 'Price list'),
    cell: (row) => textOf(row, 'price_version') || UNKNOWN,
  },
];

/** Which tokens the money went to, now and over time. */
export const CostByBucket = () => {
  const scope = useModelScope();
  return (
    <Sections columns>
      <QuerySection
        title={t('modelCost.bucket.title', 'By token bucket')}
        description={t(
          'modelCost.bucket.text',
          'Of whole hours: buckets are counted by the hour. A token is in one bucket only.',
        )}
        sql={bucketTable(scope)}
      >
        {(frames) => {
          const rows = rowsOf(frames);
          const most = Math.max(0, ...rows.map((row) => numberOf(row, 'cost') ?? 0));
          return (
            <DataTable
              caption={t('modelCost.bucket.caption', 'Tokens and cost by token bucket')}
              columns={columns(most)}
              items={rows}
              keyOf={(row) =>
                ['provider', 'bucket', 'currency'].map((name) => textOf(row, name)).join(' ')
              }
            />
          );
        }}
      </QuerySection>
      <QuerySection
        title={t('modelCost.bucket.time', 'By token bucket over time')}
        sql={costByBucket(scope)}
      >
        {(frames) => (
          <CurrencyCharts
            charts={seriesByCurrency(rowsOf(frames), 'value', (row) =>
              bucketText(textOf(row, 'bucket')),
            )}
            labelOf={(currency) =>
              t('modelCost.bucket.label', 'Cost of token buckets over time in {{currency}}', {
                currency,
              })
            }
          />
        )}
      </QuerySection>
    </Sections>
  );
};
