import { formatNumber } from '../shared/format';
import { t } from '../shared/t';
import { useChartColors } from './chartColors';
import { ChartFrame } from './ChartFrame';
import { extentOf, linearScale } from './scale';
import { type Contribution, waterfallSteps } from './waterfallSteps';

interface Props {
  readonly label: string;
  /** The prediction without any feature. */
  readonly base: number;
  readonly contributions: readonly Contribution[];
  readonly limit?: number;
}

const ROW = 26;
const LABELS = 150;
const NUMBERS = 70;

/** From the base value to the prediction, one step per feature. */
export const Waterfall = ({ label, base, contributions, limit = 12 }: Props) => {
  const colors = useChartColors();
  const steps = waterfallSteps(base, contributions, limit, t('charts.rest', 'All others'));
  const range = extentOf(
    steps.flatMap(({ from, to }) => [from, to]),
    [base],
  );
  return (
    <ChartFrame
      label={label}
      height={Math.max(1, steps.length) * ROW}
      legend={[
        { label: t('charts.raises', 'Raises the prediction'), color: colors.up },
        { label: t('charts.lowers', 'Lowers the prediction'), color: colors.down },
      ]}
    >
      {(width) => {
        const labels = Math.min(LABELS, width * 0.4);
        const x = linearScale(range, { from: labels, to: Math.max(labels + 1, width - NUMBERS) });
        return steps.map((step, index) => (
          <g key={step.label} transform={`translate(0, ${index * ROW})`}>
            <title>{`${step.label}: ${formatNumber(step.value)}`}</title>
            <text x={0} y={ROW / 2} dy="0.32em" fontSize={12} fill={colors.text}>
              {step.label.length > 22 ? `${step.label.slice(0, 21)}…` : step.label}
            </text>
            <rect
              x={Math.min(x(step.from), x(step.to))}
              y={4}
              width={Math.max(1, Math.abs(x(step.to) - x(step.from)))}
              height={ROW - 8}
              fill={step.value >= 0 ? colors.up : colors.down}
            />
            <text
              x={width}
              y={ROW / 2}
              dy="0.32em"
              fontSize={12}
              textAnchor="end"
              fill={colors.text}
            >
              {`${step.value > 0 ? '+' : ''}${formatNumber(step.value)}`}
            </text>
          </g>
        ));
      }}
    </ChartFrame>
  );
};
