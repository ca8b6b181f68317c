import { useChartColors } from './chartColors';
import { linearScale } from './scale';

interface Props {
  readonly offsetMs: number;
  readonly durationMs: number;
  /** How long the whole trace took. */
  readonly totalMs: number;
  readonly color: string;
  readonly failed: boolean;
}

/** When a span of a trace ran: its bar on the time of the whole trace. The numbers stand beside it. */
export const TraceBar = ({ offsetMs, durationMs, totalMs, color, failed }: Props) => {
  const colors = useChartColors();
  const percent = linearScale({ from: 0, to: totalMs }, { from: 0, to: 100 });
  const left = totalMs === 0 ? 0 : percent(offsetMs);
  const width = totalMs === 0 ? 100 : percent(durationMs);
  return (
    <div
      aria-hidden
      style={{ position: 'relative', height: 12, minWidth: 160, background: colors.grid }}
    >
      <div
        style={{
          position: 'absolute',
          left: `${Math.min(99, left)}%`,
          width: `${Math.min(width, 100 - left)}%`,
          minWidth: 2,
          height: '100%',
          background: color,
          ...(failed ? { borderRight: `4px solid ${colors.bad}` } : {}),
        }}
      />
    </div>
  );
};
