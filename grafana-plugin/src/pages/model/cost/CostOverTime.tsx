import { costBounds } from '@plumbline/schemas/queries';
import { rowsOf } from '../../../queries/rowsOf';
import { QuerySection } from '../../../scenes/QuerySection';
import { t } from '../../../shared/t';
import { useModelScope } from '../ModelContext';
import { seriesByCurrency } from './costRows';
import { CurrencyCharts } from './CurrencyCharts';

/** Money over time with its bounds. */
export const CostOverTime = () => {
  const scope = useModelScope();
  return (
    <QuerySection title={t('modelCost.time.title', 'Over time')} sql={costBounds(scope)}>
      {(frames) => (
        <CurrencyCharts
          charts={seriesByCurrency(rowsOf(frames), 'cost', () =>
            t('modelCost.time.series', 'Cost, with its bounds'),
          )}
          labelOf={(currency) =>
            t('modelCost.time.label', 'Cost over time in {{currency}}', { currency })
          }
        />
      )}
    </QuerySection>
  );
};
