import type { DataTransformerConfig, Panel } from '@grafana/grafana-foundation-sdk/dashboard';

/** A panel that has no place yet, and the size that it wants in a grid 24 wide. */
export interface PlacedPanel {
  readonly panel: Panel;
  readonly width: number;
  readonly height: number;
}

/** What every kind of panel is told. A description says what a number means where its title cannot. */
export interface PanelText {
  readonly title: string;
  readonly description?: string;
  readonly sql: string;
  readonly width?: number;
  readonly height?: number;
  readonly transformations?: readonly DataTransformerConfig[];
}
