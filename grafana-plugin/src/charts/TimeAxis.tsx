import { dateTimeForTimeZone, getTimeZone } from '@grafana/data';
import { formatTick } from '../shared/format';
import { useChartColors } from './chartColors';
import type { Range, Scale } from './scale';
import { timeTicks } from './timeTicks';

interface Props {
  readonly time: Range;
  readonly x: Scale;
  /** Where the lines of the grid start and end; the texts stand below. */
  readonly top: number;
  readonly bottom: number;
}

const MINUTE_MS = 60_000;
/** Half the width of the widest text: at the ends it must not leave the picture. */
const HALF: Readonly<Record<ReturnType<typeof timeTicks>['unit'], number>> = {
  minute: 16,
  hour: 34,
  day: 16,
};

/** Moments below a picture with lines across it, on the user's clock. */
export const TimeAxis = ({ time, x, top, bottom }: Props) => {
  const colors = useChartColors();
  const [left, right] = [x(time.from), x(time.to)];
  const offsetMs = dateTimeForTimeZone(getTimeZone(), time.from).utcOffset() * MINUTE_MS;
  const { ticks, unit } = timeTicks(time, right - left, offsetMs);
  return (
    <g aria-hidden fontSize={11} fill={colors.text}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} stroke={colors.grid} />
          <text
            x={Math.min(Math.max(x(tick), left + HALF[unit]), right - HALF[unit])}
            y={bottom + 15}
            textAnchor="middle"
          >
            {formatTick(tick, unit)}
          </text>
        </g>
      ))}
    </g>
  );
};
