import { formatShare } from '../shared/format';
import { t } from '../shared/t';
import { useChartColors } from './chartColors';
import { ChartFrame } from './ChartFrame';
import { linearScale } from './scale';
import { ValueAxis } from './ValueAxis';

export interface DistributionBin {
  readonly label: string;
  /** Shares of all rows, 0 to 1; null where that side has no rows. */
  readonly reference: number | null;
  readonly current: number | null;
}

interface Props {
  readonly label: string;
  readonly bins: readonly DistributionBin[];
  readonly height?: number;
}

const MARGIN = { left: 44, right: 4, top: 6, bottom: 22 };

/** Reference and current distribution over the same bins, one bar within the other. */
export const DistributionOverlay = ({ label, bins, height = 220 }: Props) => {
  const colors = useChartColors();
  const most = bins.reduce((top, bin) => Math.max(top, bin.reference ?? 0, bin.current ?? 0), 0.01);
  const legend = [
    { label: t('charts.reference', 'Reference'), color: colors.reference },
    { label: t('charts.current', 'Current'), color: colors.current },
  ];
  const y = linearScale({ from: 0, to: most }, { from: height - MARGIN.bottom, to: MARGIN.top });
  return (
    <ChartFrame label={label} height={height} legend={legend}>
      {(width) => {
        const step = (width - MARGIN.left - MARGIN.right) / Math.max(1, bins.length);
        const every = Math.max(1, Math.ceil(56 / Math.max(step, 1)));
        return (
          <>
            <ValueAxis
              range={{ from: 0, to: most }}
              scale={y}
              from={MARGIN.left}
              to={width - MARGIN.right}
              format={formatShare}
            />
            {bins.map((bin, index) => {
              const x = MARGIN.left + index * step;
              const reference = y(bin.reference ?? 0);
              const current = y(bin.current ?? 0);
              return (
                <g key={bin.label}>
                  <title>
                    {`${bin.label}: ${formatShare(bin.reference)} → ${formatShare(bin.current)}`}
                  </title>
                  <rect
                    x={x + 1}
                    y={reference}
                    width={Math.max(1, step - 2)}
                    height={y(0) - reference}
                    fill={colors.reference}
                    fillOpacity={0.45}
                  />
                  <rect
                    x={x + step * 0.25}
                    y={current}
                    width={Math.max(1, step * 0.5)}
                    height={y(0) - current}
                    fill={colors.current}
                  />
                  {index % every === 0 && (
                    <text
                      x={x + step / 2}
                      y={height - 6}
                      textAnchor="middle"
                      fontSize={11}
                      fill={colors.text}
                      aria-hidden
                    >
                      {bin.label}
                    </text>
                  )}
                </g>
              );
            })}
          </>
        );
      }}
    </ChartFrame>
  );
};
