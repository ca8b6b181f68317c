import type { AppRootProps } from '@grafana/data';
import { Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import type { AppSettings } from '../shared/appSettings';
import { pageUrl } from '../shared/links';
import { LoadingState } from '../states/LoadingState';
import { DataSourceGate } from './DataSourceGate';
import { ErrorBoundary } from './ErrorBoundary';
import { PAGES, type PageRoute } from './pages';

const element = ({ load: Page, needsDataSource }: PageRoute, configuredUid: string | undefined) =>
  needsDataSource ? (
    <DataSourceGate configuredUid={configuredUid}>
      <Page />
    </DataSourceGate>
  ) : (
    <Page />
  );

/** The routes of the app below `/a/<id>/`. */
const App = ({ meta }: AppRootProps<AppSettings>) => {
  const { pathname } = useLocation();
  const uid = meta.jsonData?.datasourceUid;
  return (
    <ErrorBoundary resetKey={pathname}>
      <Suspense fallback={<LoadingState height={320} />}>
        <Routes>
          {Object.entries(PAGES).map(([name, page]) => (
            <Route key={name} path={`${name}/*`} element={element(page, uid)} />
          ))}
          <Route path="*" element={<Navigate replace to={pageUrl('fleet')} />} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  );
};

export default App;
