import { type EventBus, getThemeById, ThemeContext } from '@grafana/data';
import { config, locationService, LocationServiceProvider } from '@grafana/runtime';
import { GlobalStyles, ModalRoot, PortalContainer } from '@grafana/ui';
import { type ComponentType, type ReactNode, Suspense, useMemo } from 'react';
import * as router5 from 'react-router-dom';
import { CompatRouter, Route, Routes } from 'react-router-dom-v5-compat';
import { AppRoute } from './AppRoute';
import { Frame } from './Frame';
import { Toasts } from './Toasts';
import { TrialPage } from './TrialPage';

/** Version 5 at run time; the types that are installed here are those of version 6. */
const Router = router5.Router as unknown as ComponentType<{
  history: unknown;
  children: ReactNode;
}>;

/** What Grafana puts around a page: theme, location, router, portals. */
export function Host({ events }: { readonly events: EventBus }) {
  const theme = useMemo(() => getThemeById(config.bootData.user.theme), []);
  // Its types come from a package that is not installed.
  const history: unknown = locationService.getHistory();
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <LocationServiceProvider service={locationService}>
        <Router history={history}>
          <CompatRouter>
            <Frame>
              <Suspense fallback={null}>
                <Routes>
                  <Route path="/a/trial" element={<TrialPage />} />
                  <Route path="/a/:pluginId/*" element={<AppRoute />} />
                </Routes>
              </Suspense>
            </Frame>
          </CompatRouter>
        </Router>
      </LocationServiceProvider>
      <Toasts events={events} />
      <ModalRoot />
      <PortalContainer />
    </ThemeContext.Provider>
  );
}
