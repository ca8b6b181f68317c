import { useTheme2 } from '@grafana/ui';

/** Colours that tell series apart, in the order in which Grafana's own charts give them out; taken in turn. */
export const useSeriesColors = (): ((index: number) => string) => {
  const { visualization } = useTheme2();
  const { palette } = visualization;
  return (index) => visualization.getColorByName(palette[index % palette.length] ?? 'text');
};
