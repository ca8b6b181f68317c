import { useId } from 'react';
import { useChartColors } from './chartColors';

interface Props {
  /** What the picture shows: read out instead of it. */
  readonly label: string;
  /** Shares of the reference by bin, 0 to 1. */
  readonly shares: readonly number[];
  /** The bin of the value, from 0. */
  readonly at: number;
}

const WIDTH = 160;
const HEIGHT = 32;

/** A small distribution with the bin of one value marked, for a row of a table. */
export const ValueInReference = ({ label, shares, at }: Props) => {
  const colors = useChartColors();
  const id = useId();
  const step = WIDTH / Math.max(1, shares.length);
  const most = shares.reduce((top, share) => Math.max(top, share), 0.001);
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-labelledby={id} style={{ display: 'block' }}>
      <title id={id}>{label}</title>
      {shares.map((share, bin) => {
        const height = Math.max(bin === at ? 2 : 0, (share / most) * (HEIGHT - 6));
        return (
          <rect
            key={bin}
            x={bin * step + 0.5}
            y={HEIGHT - 6 - height}
            width={Math.max(1, step - 1)}
            height={height}
            fill={bin === at ? colors.current : colors.reference}
          />
        );
      })}
      <path
        d={`M${at * step + step / 2} ${HEIGHT - 5} l4 5 h-8 z`}
        fill={colors.current}
        aria-hidden
      />
    </svg>
  );
};
