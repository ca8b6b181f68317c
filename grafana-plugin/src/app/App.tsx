import type { AppRootProps } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { PLUGIN_ID } from '../shared/pluginId';

const FleetPage = lazy(async () => {
  await initPluginTranslations(PLUGIN_ID);
  return import('../pages/fleet/FleetPage');
});

const App = (_props: AppRootProps) => (
  <Suspense fallback={null}>
    <Routes>
      <Route path="fleet" element={<FleetPage />} />
      <Route path="*" element={<Navigate replace to="fleet" />} />
    </Routes>
  </Suspense>
);

export default App;
