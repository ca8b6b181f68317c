import { FieldColorModeId, MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import { TableCellDisplayMode, TableCellHeight } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { DATA_SOURCE } from './dataSource';
import { type CellLink, featureLinks, type HasColumn, modelLinks, traceLinks } from './links';
import type { PanelText, PlacedPanel } from './panel';
import { sqlQuery } from './sqlQuery';

/** Units by the ends of column names: a name of ours ends in its unit. */
const UNITS: readonly (readonly [pattern: string, unit: string])[] = [
  ['/_ms$/', 'ms'],
  ['/(_s|^seconds)$/', 's'],
  ['/(rate|rate_24h|rate_low|rate_high|coverage|share|progress)$/', 'percentunit'],
  ['/(^|_)(bytes|free|total|memory)$/', 'bytes'],
  ['/(tokens|requests|requests_24h|^n|reference_n|labelled_n|rows)$/', 'short'],
];

/** How urgent a status is; what is not named here keeps the colour of text. */
const STATUS_COLORS: Readonly<Record<string, string>> = {
  ok: 'green',
  healthy: 'green',
  measured: 'green',
  stable: 'green',
  warning: 'orange',
  provisional: 'blue',
  estimated: 'blue',
  learning: 'blue',
  insufficient_data: 'blue',
  untrusted: 'orange',
  drift: 'red',
  violated: 'red',
  failing: 'red',
  firing: 'red',
  error: 'red',
};

const LINKS: Readonly<Record<string, (has: HasColumn) => readonly CellLink[]>> = {
  model: modelLinks,
  feature: featureLinks,
  trace_id: traceLinks,
};

/** Rows as they are. Links are put on the columns that the query has: model, feature and trace id lead further. */
export function table({ title, description = '', sql, width, height }: PanelText): PlacedPanel {
  const builder = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .withTarget(sqlQuery(sql, 'table'))
    .noValue('–')
    .filterable(true)
    .cellHeight(TableCellHeight.Sm)
    .showHeader(true);
  for (const [pattern, unit] of UNITS) {
    builder.overrideByRegexp(pattern, [{ id: 'unit', value: unit }]);
  }
  builder.overrideByRegexp('/(^|_)(status|state|outcome)$/', [
    { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } },
    { id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: 'text' } },
    {
      id: 'mappings',
      value: [
        {
          type: MappingType.ValueToText,
          options: Object.fromEntries(
            Object.entries(STATUS_COLORS).map(([status, color], index) => [
              status,
              { color, index, text: status },
            ]),
          ),
        },
      ],
    },
  ]);
  const has = (column: string): boolean =>
    new RegExp(`\\b${column}\\b`).test(sql.slice(0, sql.lastIndexOf('FROM')));
  for (const [column, links] of Object.entries(LINKS)) {
    if (has(column)) builder.overrideByName(column, [{ id: 'links', value: links(has) }]);
  }
  return { panel: builder.build(), width: width ?? 24, height: height ?? 9 };
}
