import { formatTime } from '../shared/format';
import type { Scale } from './scale';

/** A moment to mark: a deployment, an alert. */
export interface Marker {
  readonly timeMs: number;
  readonly text: string;
  /** Else the colour of a warning. */
  readonly color?: string;
}

interface Props {
  readonly markers: readonly Marker[];
  readonly x: Scale;
  readonly top: number;
  readonly bottom: number;
  readonly color: string;
}

const titleOf = ({ timeMs, text }: Marker): string => `${formatTime(timeMs)}: ${text}`;

/** Moments as lines across a picture. */
export const TimeMarkers = ({ markers, x, top, bottom, color: usual }: Props) => (
  <>
    {markers.map((marker) => (
      <g key={`${marker.timeMs} ${marker.text}`}>
        <title>{titleOf(marker)}</title>
        <line
          x1={x(marker.timeMs)}
          x2={x(marker.timeMs)}
          y1={top}
          y2={bottom}
          stroke={marker.color ?? usual}
          strokeDasharray="4 2"
          strokeWidth={2}
        />
      </g>
    ))}
  </>
);
