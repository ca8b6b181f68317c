import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { DATA_SOURCE } from './dataSource';
import type { PanelText, PlacedPanel } from './panel';
import { sqlQuery } from './sqlQuery';

export interface TimeSeries extends PanelText {
  readonly unit: string;
  /** Label columns whose values name a series; none: the columns of the query are the series. */
  readonly by?: readonly string[];
  /** The width of the windows that the query reads: points closer together would have none. */
  readonly interval?: '1m' | '5m' | '1h';
  readonly stacked?: boolean;
  readonly min?: number;
  readonly max?: number;
}

const nameOf = (by: readonly string[]): string =>
  by.length === 0 ? '${__field.name}' : by.map((label) => `\${__field.labels.${label}}`).join(' ');

/** A chart over time. Gaps of one missing point are not bridged: no telemetry is not a straight line. */
export function timeSeries(spec: TimeSeries): PlacedPanel {
  const { title, description = '', sql, unit, by = [], interval = '1m', stacked = false } = spec;
  const builder = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .interval(interval)
    .unit(unit)
    .displayName(nameOf(by))
    .withTarget(sqlQuery(sql, 'timeseries'))
    .drawStyle(stacked ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .fillOpacity(stacked ? 60 : 8)
    .lineWidth(1)
    // A point between two gaps would be invisible as a line.
    .showPoints(VisibilityMode.Auto)
    .spanNulls(false)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(
      new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
    );
  if (stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  if (spec.min !== undefined) builder.min(spec.min);
  if (spec.max !== undefined) builder.max(spec.max);
  return { panel: builder.build(), width: spec.width ?? 12, height: spec.height ?? 8 };
}
