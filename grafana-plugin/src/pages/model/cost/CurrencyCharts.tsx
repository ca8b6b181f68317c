import { TimeSeriesBand } from '../../../charts/TimeSeriesBand';
import { useSeriesColors } from '../../../charts/useSeriesColors';
import { useSceneRange } from '../../../scenes/sceneRange';
import { formatMoney } from '../../../shared/format';
import type { CurrencySeries } from './costRows';

interface Props {
  readonly charts: readonly CurrencySeries[];
  readonly labelOf: (currency: string) => string;
}

/** A chart for each currency: they share no axis. */
export const CurrencyCharts = ({ charts, labelOf }: Props) => {
  const { fromMs, toMs } = useSceneRange();
  const color = useSeriesColors();
  return (
    <>
      {charts.map(({ currency, series }) => (
        <TimeSeriesBand
          key={currency}
          label={labelOf(currency)}
          series={series.map((one, index) => ({ ...one, color: color(index) }))}
          time={{ from: fromMs, to: toMs }}
          fromZero
          format={(value) => formatMoney(value, currency)}
        />
      ))}
    </>
  );
};
