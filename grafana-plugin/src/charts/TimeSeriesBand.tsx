import { formatNumber, formatTime } from '../shared/format';
import { bandPath, linePath, type SeriesPoint } from './bandPath';
import { useChartColors } from './chartColors';
import { ChartFrame } from './ChartFrame';
import { type Marker, TimeMarkers } from './TimeMarkers';
import { extentOf, linearScale, type Range } from './scale';
import { TimeAxis } from './TimeAxis';
import { ValueAxis } from './ValueAxis';

export interface Series {
  readonly name: string;
  readonly points: readonly SeriesPoint[];
  /** Else the colour of the current data. */
  readonly color?: string;
}

interface Props {
  readonly label: string;
  readonly series: readonly Series[];
  /** The range that the page shows, in epoch milliseconds. */
  readonly time: Range;
  readonly markers?: readonly Marker[];
  readonly height?: number;
  readonly format?: (value: number) => string;
  /** The axis starts at 0, for amounts that are compared by their height. */
  readonly fromZero?: boolean;
}

const titleOf = (name: string, timeMs: number, value: string): string =>
  `${name}, ${formatTime(timeMs)}: ${value}`;

const MARGIN = { left: 52, right: 8, top: 8, bottom: 22 };

/** Series over time with their intervals, gaps where nothing is known, and marked moments. */
export const TimeSeriesBand = (props: Props) => {
  const { label, series, time, markers = [], height = 200, format = formatNumber } = props;
  const { fromZero = false } = props;
  const colors = useChartColors();
  const values = series.flatMap(({ points }) =>
    points.flatMap(({ value, low = null, high = null }) => [value, low, high]),
  );
  const range = extentOf(values, fromZero ? [0] : []);
  // Nothing but zeros lies on the ground, not in the middle.
  const drawn = fromZero && range.from === 0 && range.to === 0 ? { from: 0, to: 1 } : range;
  const y = linearScale(drawn, { from: height - MARGIN.bottom, to: MARGIN.top });
  const legend = series.map(({ name, color = colors.current }) => ({ label: name, color }));
  return (
    <ChartFrame label={label} height={height} legend={legend}>
      {(width) => {
        const x = linearScale(time, { from: MARGIN.left, to: width - MARGIN.right });
        const inside = markers.filter(({ timeMs }) => timeMs >= time.from && timeMs <= time.to);
        return (
          <>
            <TimeAxis time={time} x={x} top={MARGIN.top} bottom={height - MARGIN.bottom} />
            <ValueAxis
              range={range}
              scale={y}
              from={MARGIN.left}
              to={width - MARGIN.right}
              format={format}
            />
            {series.map(({ name, points, color = colors.current }) => (
              <g key={name}>
                <path d={bandPath(points, x, y)} fill={color} fillOpacity={0.2} />
                <path d={linePath(points, x, y)} fill="none" stroke={color} strokeWidth={1.5} />
                {points.map(
                  ({ timeMs, value }) =>
                    value !== null && (
                      <circle key={timeMs} cx={x(timeMs)} cy={y(value)} r={2} fill={color}>
                        <title>{titleOf(name, timeMs, format(value))}</title>
                      </circle>
                    ),
                )}
              </g>
            ))}
            <TimeMarkers
              markers={inside}
              x={x}
              top={MARGIN.top}
              bottom={height - MARGIN.bottom}
              color={colors.warn}
            />
          </>
        );
      }}
    </ChartFrame>
  );
};
