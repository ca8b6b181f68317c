import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { PageName } from '../shared/links';

export interface PageRoute {
  readonly load: LazyExoticComponent<ComponentType>;
  /** False for what must be reachable without a data source. */
  readonly needsDataSource: boolean;
}

/** Every page by the first part of its address, each a chunk of its own. A new page is a folder in pages/ and a line here. */
export const PAGES: Readonly<Partial<Record<PageName, PageRoute>>> = {
  fleet: { load: lazy(() => import('../pages/fleet/FleetPage')), needsDataSource: true },
  model: { load: lazy(() => import('../pages/model/ModelPage')), needsDataSource: true },
  alerts: { load: lazy(() => import('../pages/alerts/AlertsPage')), needsDataSource: true },
  setup: { load: lazy(() => import('../pages/setup/SetupPage')), needsDataSource: false },
  registry: { load: lazy(() => import('../pages/registry/RegistryPage')), needsDataSource: false },
  explain: { load: lazy(() => import('../pages/explain/ExplainPage')), needsDataSource: true },
};
