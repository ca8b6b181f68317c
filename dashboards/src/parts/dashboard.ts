import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type GridPos,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { modelAnnotations } from './annotations';
import { dashboardLinks, TAG } from './links';
import type { PlacedPanel } from './panel';
import { choiceVariable, dataSourceVariable, type VariableName } from './variables';

const GRID_WIDTH = 24;

export interface DashboardSpec {
  /** Fixed for ever, with its title: Grafana deletes a plugin's dashboard whose title changes under a uid. */
  readonly uid: `plumbline-${string}`;
  readonly title: string;
  readonly description: string;
  readonly from: string;
  readonly refresh?: string;
  readonly variables: readonly VariableName[];
  /** Marks of deployments, drift pages and silent changes; needs the variables environment, model and version. */
  readonly annotated?: boolean;
  readonly panels: readonly PlacedPanel[];
}

/** From left to right, and on to the next line where a panel has no room: each line is as high as its highest panel. */
export function placePanels(panels: readonly PlacedPanel[]): Panel[] {
  let line = { x: 0, y: 0, height: 0 };
  return panels.map(({ panel, width, height }, index) => {
    if (line.x + width > GRID_WIDTH) line = { x: 0, y: line.y + line.height, height: 0 };
    const gridPos: GridPos = { x: line.x, y: line.y, w: width, h: height };
    line = { x: line.x + width, y: line.y, height: Math.max(line.height, height) };
    return { ...panel, id: index + 1, gridPos };
  });
}

/** The SDK hides links and annotations in the menu of controls unless told otherwise, and knows no other place to name. */
const inSight = (dashboard: Dashboard): Dashboard => {
  for (const shown of [...(dashboard.links ?? []), ...(dashboard.annotations.list ?? [])]) {
    delete shown.placement;
  }
  return dashboard;
};

/** A dashboard in the classic schema that Grafana 12.4 to 13 imports. */
export function buildDashboard(spec: DashboardSpec): Dashboard {
  const builder = new DashboardBuilder(spec.title)
    .uid(spec.uid)
    .id(null)
    .description(spec.description)
    .tags([TAG])
    .revision(1)
    .editable()
    .timezone('browser')
    .time({ from: spec.from, to: 'now' })
    .refresh(spec.refresh ?? '1m')
    .tooltip(DashboardCursorSync.Crosshair)
    .links(dashboardLinks())
    .withVariable(dataSourceVariable());
  for (const name of spec.variables) builder.withVariable(choiceVariable(name));
  if (spec.annotated === true) builder.annotations(modelAnnotations());
  for (const panel of placePanels(spec.panels)) builder.withPanel({ build: () => panel });
  return inSight(builder.build());
}
