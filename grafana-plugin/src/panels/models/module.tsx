import { PanelPlugin, type PanelProps } from '@grafana/data';
import { lazy, Suspense } from 'react';

const LazyPanel = lazy(() => import('./ModelsPanel'));

const Panel = (props: PanelProps) => (
  <Suspense fallback={null}>
    <LazyPanel {...props} />
  </Suspense>
);

export const plugin = new PanelPlugin(Panel);
