import { formatNumber } from '../shared/format';
import { useChartColors } from './chartColors';
import { type Range, type Scale, ticksIn } from './scale';

interface Props {
  readonly range: Range;
  readonly scale: Scale;
  /** Where the lines of the grid start and end. */
  readonly from: number;
  readonly to: number;
  readonly format?: (value: number) => string;
}

/** Numbers on the left with lines across the picture. */
export const ValueAxis = ({ range, scale, from, to, format = formatNumber }: Props) => {
  const colors = useChartColors();
  return (
    <g aria-hidden fontSize={11}>
      {ticksIn(range, 4).map((tick) => (
        <g key={tick} transform={`translate(0, ${scale(tick)})`}>
          <line x1={from} x2={to} stroke={colors.grid} />
          <text x={from - 6} dy="0.32em" textAnchor="end" fill={colors.text}>
            {format(tick)}
          </text>
        </g>
      ))}
    </g>
  );
};
