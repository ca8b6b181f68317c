import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { DATA_SOURCE } from './dataSource';
import type { PanelText, PlacedPanel } from './panel';
import { sqlQuery } from './sqlQuery';

export interface Stat extends PanelText {
  /** The columns that are shown: what each is called, and its unit. */
  readonly fields: Readonly<Record<string, readonly [name: string, unit: string]>>;
  /** A number for each row, named by its texts, instead of those of one row. */
  readonly rows?: boolean;
}

/** Numbers of one row side by side. A number that is not known is a dash, never 0. */
export function stat({
  title,
  description = '',
  sql,
  fields,
  rows = false,
  width,
  height,
}: Stat): PlacedPanel {
  const builder = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .withTarget(sqlQuery(sql, 'table'))
    .noValue('–')
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.None)
    .textMode(BigValueTextMode.ValueAndName)
    .wideLayout(true)
    .reduceOptions(new ReduceDataOptionsBuilder().values(rows).calcs(['lastNotNull']).fields(''));
  for (const [column, [name, unit]] of Object.entries(fields)) {
    builder.overrideByName(column, [
      ...(rows ? [] : [{ id: 'displayName', value: name }]),
      { id: 'unit', value: unit },
    ]);
  }
  return { panel: builder.build(), width: width ?? 24, height: height ?? 4 };
}
