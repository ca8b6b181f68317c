import { costForecast } from '@plumbline/schemas/queries';
import { numberOf, type Row, rowsOf, textOf } from '../../../queries/rowsOf';
import { QuerySection } from '../../../scenes/QuerySection';
import { type Column, DataTable } from '../../../shared/DataTable';
import { formatMoney } from '../../../shared/format';
import { t } from '../../../shared/t';
import { EmptyData } from '../../../states/EmptyData';
import { useModelScope } from '../ModelContext';

const forecastText = (row: Row): string => {
  const forecast = numberOf(row, 'forecast');
  return forecast === null
    ? t('modelCost.forecast.tooNew', 'Not yet: there is less than a week')
    : formatMoney(forecast, textOf(row, 'currency'));
};

const intervalText = (row: Row): string => {
  const [low, high] = [numberOf(row, 'low'), numberOf(row, 'high')];
  const currency = textOf(row, 'currency');
  return low === null || high === null
    ? t('modelCost.forecast.noInterval', 'Needs two weeks')
    : t('modelCost.bounds', '{{low}} to {{high}}', {
        low: formatMoney(low, currency),
        high: formatMoney(high, currency),
      });
};

const columns = (): readonly Column<Row>[] => [
  {
    ...{ key: 'team', names: true, heading: t('modelCost.caller.team', 'Team') },
    cell: (row) => textOf(row, 'team') || t('modelCost.caller.unnamed', 'Not named'),
  },
  {
    ...{ key: 'actual', numeric: true, heading: t('modelCost.forecast.actual', 'So far') },
    cell: (row) => formatMoney(numberOf(row, 'actual'), textOf(row, 'currency')),
  },
  {
    key: 'forecast',
    numeric: true,
    heading: t('modelCost.forecast.whole', 'Whole month'),
    cell: forecastText,
  },
  {
    key: 'interval',
    numeric: true,
    heading: t('modelCost.forecast.interval', '95% interval'),
    cell: intervalText,
  },
];

/** What the running month comes to, by team. */
export const CostForecast = () => (
  <QuerySection
    title={t('modelCost.forecast.title', 'This month')}
    description={t(
      'modelCost.forecast.text',
      'Whatever time range is shown: the month (UTC) to date, and the mean of the same hours of the last four weeks for what is left of it. All versions together: a new one goes on where the old one ended.',
    )}
    sql={costForecast(useModelScope())}
    empty={<EmptyData title={t('modelCost.forecast.empty', 'No cost is known of this month')} />}
  >
    {(frames) => (
      <DataTable
        caption={t('modelCost.forecast.caption', 'Cost of the running month by team')}
        columns={columns()}
        items={rowsOf(frames)}
        keyOf={(row) => `${textOf(row, 'team')} ${textOf(row, 'currency')}`}
      />
    )}
  </QuerySection>
);
