import { costTotals, usageTotals } from '@plumbline/schemas/queries';
import { QueryView } from '../../../queries/QueryView';
import { numberOf, type Row, rowsOf } from '../../../queries/rowsOf';
import { QuerySection } from '../../../scenes/QuerySection';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { type Figure, Figures } from '../../../shared/Figures';
import { formatCount, formatMoney, formatShare } from '../../../shared/format';
import { t } from '../../../shared/t';
import { useModelScope } from '../ModelContext';
import { moneyOf } from './costRows';
import { boundsText } from './costTexts';

const moneyFigures = (rows: readonly Row[]): readonly Figure[] =>
  rows.map((row) => {
    const money = moneyOf(row);
    const { cost, currency } = money;
    const perThousand = t('modelCost.summary.perThousand', '{{amount}} per 1,000 calls', {
      amount: formatMoney(numberOf(row, 'cost_per_1000'), currency),
    });
    const bounds = boundsText(money);
    return {
      label:
        rows.length > 1
          ? t('modelCost.summary.costIn', 'Cost in {{currency}}', { currency })
          : t('modelCost.summary.cost', 'Cost'),
      value: formatMoney(cost, currency),
      note: bounds === undefined ? perThousand : `${bounds}; ${perThousand}`,
    };
  });

const usageFigures = (row: Row): readonly Figure[] => [
  {
    label: t('modelCost.summary.coverage', 'Calls with a known price'),
    value: formatShare(numberOf(row, 'coverage')),
    note: t('modelCost.summary.unpriced', 'Without a price: {{count}}', {
      count: formatCount(numberOf(row, 'unpriced_requests')),
    }),
  },
  {
    label: t('modelCost.summary.inputTokens', 'Tokens in'),
    value: formatCount(numberOf(row, 'input_tokens')),
  },
  {
    label: t('modelCost.summary.outputTokens', 'Tokens out'),
    value: formatCount(numberOf(row, 'output_tokens')),
  },
];

/** What the model cost, how sure that is, and for how much of the traffic it is known. */
export const CostSummary = () => {
  const scope = useModelScope();
  const { query, retry } = useSceneQuery(costTotals(scope));
  return (
    <QuerySection
      title={t('modelCost.summary.title', 'What it cost')}
      description={t(
        'modelCost.summary.text',
        'Of calls whose price is known. The bounds hold what is uncertain: tokens that a service did not tell apart, prices that depend on what is unknown.',
      )}
      sql={usageTotals(scope)}
    >
      {(usage) => (
        <QueryView
          query={query}
          onRetry={retry}
          height={80}
          empty={<Figures figures={rowsOf(usage).flatMap(usageFigures)} />}
        >
          {(totals) => (
            <Figures
              figures={[...moneyFigures(rowsOf(totals)), ...rowsOf(usage).flatMap(usageFigures)]}
            />
          )}
        </QueryView>
      )}
    </QuerySection>
  );
};
