import { formatCount, formatTime } from '../shared/format';
import { t } from '../shared/t';
import { ChartFrame } from './ChartFrame';
import { useChartColors } from './chartColors';
import { linearScale } from './scale';
import { TimeAxis } from './TimeAxis';
import { type Firing, timelineRows } from './timelineRows';

interface Props {
  /** What the picture shows. */
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly firings: readonly Firing[];
}

const MOST_ROWS = 12;
const ROW = 34;
const BAR = 12;
const AXIS = 24;
/** A firing of a minute in a month would be too thin to be seen. */
const THINNEST = 3;

/** When things fired: a row for each, with its name above its bars. */
export const FiringTimeline = ({ label, fromMs, toMs, firings }: Props) => {
  const colors = useChartColors();
  const { rows, hidden } = timelineRows(firings, MOST_ROWS);
  const bottom = rows.length * ROW;
  return (
    <>
      <ChartFrame label={label} height={bottom + AXIS}>
        {(width) => {
          const x = linearScale({ from: fromMs, to: toMs }, { from: 0, to: width });
          return (
            <>
              <TimeAxis time={{ from: fromMs, to: toMs }} x={x} top={bottom} bottom={bottom + 4} />
              {rows.map(({ name, firings: own }, at) => (
                <g key={name} transform={`translate(0 ${at * ROW})`} fontSize={12}>
                  <text y={13} fill={colors.text}>
                    {name}
                  </text>
                  <line x1={0} x2={width} y1={24} y2={24} stroke={colors.grid} />
                  {own.map((firing) => (
                    <rect
                      key={firing.fromMs}
                      x={Math.min(x(firing.fromMs), width - THINNEST)}
                      y={24 - BAR / 2}
                      width={Math.max(THINNEST, x(firing.toMs) - x(firing.fromMs))}
                      height={BAR}
                      rx={2}
                      fill={colors.bad}
                    >
                      <title>{`${formatTime(firing.fromMs)} – ${formatTime(firing.toMs)}`}</title>
                    </rect>
                  ))}
                </g>
              ))}
              <line x1={0} x2={width} y1={bottom + 4} y2={bottom + 4} stroke={colors.axis} />
            </>
          );
        }}
      </ChartFrame>
      {hidden > 0 && (
        <p>{t('charts.timeline.hidden', 'and {{count}} more', { count: formatCount(hidden) })}</p>
      )}
    </>
  );
};
