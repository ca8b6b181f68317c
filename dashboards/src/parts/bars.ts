import { VisibilityMode, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/barchart';
import { DATA_SOURCE } from './dataSource';
import type { PanelText, PlacedPanel } from './panel';
import { sqlQuery } from './sqlQuery';

export interface Bars extends PanelText {
  /** The text column along the axis; every number of the query is a bar beside it. */
  readonly along: string;
  readonly unit: string;
}

/** Bars by a text. */
export function bars({
  title,
  description = '',
  sql,
  along,
  unit,
  width,
  height,
}: Bars): PlacedPanel {
  const builder = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .withTarget(sqlQuery(sql, 'table'))
    .unit(unit)
    .xField(along)
    .orientation(VizOrientation.Auto)
    .showValue(VisibilityMode.Never)
    .xTickLabelMaxLength(24)
    .xTickLabelRotation(-45);
  return { panel: builder.build(), width: width ?? 24, height: height ?? 9 };
}
