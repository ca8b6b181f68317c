import { useChartColors } from './chartColors';

interface Props {
  /** 0 to 1; null draws nothing. */
  readonly share: number | null;
  /** Else the colour of the reference. */
  readonly color?: string;
}

/** A bar beside a number of a table, which says the same: screen readers are spared it. */
export const ShareBar = ({ share, color }: Props) => {
  const colors = useChartColors();
  const part = Math.min(1, Math.max(0, share ?? 0));
  return (
    <span
      aria-hidden
      style={{
        display: 'block',
        minWidth: 60,
        height: 6,
        marginTop: 6,
        borderRadius: 3,
        background: `linear-gradient(to right, ${color ?? colors.reference} ${part * 100}%, ${colors.grid} 0)`,
      }}
    />
  );
};
