import { type ComponentType, lazy } from 'react';
import type { ModelTab } from '../../shared/links';
import { t } from '../../shared/t';

export interface ModelTabSettings {
  readonly path: ModelTab;
  readonly title: () => string;
  /** Everything below the controls; asks with `useModelScope` and `useSceneQuery`. */
  readonly view: ComponentType;
}

/** The tabs of the page in their order, each a folder and a chunk of its own. */
export const MODEL_TABS: readonly ModelTabSettings[] = [
  {
    path: 'health',
    title: () => t('model.tab.health', 'Health'),
    view: lazy(() => import('./health/HealthTab')),
  },
  {
    path: 'drift',
    title: () => t('model.tab.drift', 'Drift'),
    view: lazy(() => import('./drift/DriftTab')),
  },
  {
    path: 'quality',
    title: () => t('model.tab.quality', 'Quality'),
    view: lazy(() => import('./quality/QualityTab')),
  },
  {
    path: 'performance',
    title: () => t('model.tab.performance', 'Performance'),
    view: lazy(() => import('./performance/PerformanceTab')),
  },
  {
    path: 'cost',
    title: () => t('modelCost.tab', 'Cost'),
    view: lazy(() => import('./cost/CostTab')),
  },
  {
    path: 'traces',
    title: () => t('modelTraces.tab', 'Traces'),
    view: lazy(() => import('./traces/TracesTab')),
  },
  {
    path: 'versions',
    title: () => t('modelVersions.tab', 'Versions'),
    view: lazy(() => import('./versions/VersionsTab')),
  },
  {
    path: 'lineage',
    title: () => t('modelLineage.tab', 'Lineage'),
    view: lazy(() => import('./lineage/LineageTab')),
  },
];
