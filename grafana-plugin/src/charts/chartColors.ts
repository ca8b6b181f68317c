import type { GrafanaTheme2 } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';

export interface ChartColors {
  readonly reference: string;
  readonly current: string;
  readonly bad: string;
  readonly warn: string;
  readonly good: string;
  readonly up: string;
  readonly down: string;
  readonly axis: string;
  readonly grid: string;
  readonly text: string;
  readonly strongText: string;
  /** What stands on a picture like a card. */
  readonly box: string;
  /** A text that can be read on `background`, in both themes. */
  readonly on: (background: string) => string;
}

const chartColors = ({ colors, visualization }: GrafanaTheme2): ChartColors => ({
  reference: visualization.getColorByName('semi-dark-blue'),
  current: visualization.getColorByName('orange'),
  bad: colors.error.main,
  warn: colors.warning.main,
  good: colors.success.main,
  up: visualization.getColorByName('semi-dark-orange'),
  down: visualization.getColorByName('semi-dark-blue'),
  axis: colors.border.strong,
  grid: colors.border.weak,
  text: colors.text.secondary,
  strongText: colors.text.primary,
  box: colors.background.secondary,
  on: (background) => colors.getContrastText(background),
});

/** The colours of all charts, from the theme that Grafana shows. */
export const useChartColors = (): ChartColors => chartColors(useTheme2());
