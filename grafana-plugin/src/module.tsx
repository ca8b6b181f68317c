import { AppPlugin, type AppRootProps } from '@grafana/data';
import { lazy, Suspense } from 'react';

const LazyApp = lazy(() => import('./app/App'));

const Root = (props: AppRootProps) => (
  <Suspense fallback={null}>
    <LazyApp {...props} />
  </Suspense>
);

export const plugin = new AppPlugin().setRootPage(Root);
