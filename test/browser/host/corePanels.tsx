import {
  FieldType,
  LoadingState,
  PanelPlugin,
  type PanelPluginMeta,
  type PanelProps,
} from '@grafana/data';
import { config } from '@grafana/runtime';
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  LegendDisplayMode,
  Table,
  TimeSeries,
  type VizLegendOptions,
} from '@grafana/ui';
import type { ComponentType } from 'react';

/** Grafana's types declare the enumeration of the display modes twice: through `unknown` from one to the other. */
const LEGEND = {
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  showLegend: true,
  calcs: [],
} as unknown as VizLegendOptions;

const Nothing = ({ data }: { readonly data: PanelProps['data'] }) =>
  data.state === LoadingState.Loading ? null : <div>No data</div>;

function Lines({ data, width, height, timeRange, timeZone }: PanelProps) {
  if (data.series.length === 0) return <Nothing data={data} />;
  return (
    <TimeSeries
      frames={data.series}
      structureRev={data.structureRev ?? 0}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone={timeZone}
      legend={LEGEND}
    />
  );
}

function Rows({ data, width, height }: PanelProps) {
  const frame = data.series[0];
  if (frame === undefined || frame.length === 0) return <Nothing data={data} />;
  return <Table data={frame} width={width} height={height} />;
}

function Number({ data, width, height }: PanelProps) {
  const field = data.series[0]?.fields.find(({ type }) => type === FieldType.number);
  if (field?.display === undefined) return <Nothing data={data} />;
  const values: unknown[] = field.values;
  const last = values.filter((value) => value !== null).at(-1);
  return (
    <BigValue
      width={width}
      height={height}
      value={field.display(last)}
      theme={config.theme2}
      colorMode={BigValueColorMode.None}
      graphMode={BigValueGraphMode.None}
    />
  );
}

const PANELS: Readonly<Record<string, ComponentType<PanelProps>>> = {
  timeseries: Lines,
  table: Rows,
  stat: Number,
};

/**
 * Stand-ins for Grafana's own panels, which are not published: a page shows something in their place, but only queries
 * and our own panels can be judged by it.
 */
export function corePanel(id: string): PanelPlugin | undefined {
  const component = PANELS[id];
  if (component === undefined) return undefined;
  const plugin = new PanelPlugin(component).useFieldConfig({});
  plugin.meta = (config.panels as Record<string, PanelPluginMeta>)[id]!;
  return plugin;
}
