import { type AppPlugin, PluginContextProvider } from '@grafana/data';
import { ErrorBoundaryAlert, useTheme2 } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom-v5-compat';
import { loadApp } from './currentApp';

type Loaded =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'ready'; readonly app: AppPlugin };

const nothing = (): void => undefined;

/** The root page of the app under its route. */
export function AppRoute() {
  const { pathname, search } = useLocation();
  const theme = useTheme2();
  const [loaded, setLoaded] = useState<Loaded>({ status: 'loading' });
  useEffect(() => {
    loadApp().then(
      (app) => {
        setLoaded({ status: 'ready', app });
      },
      (error: unknown) => {
        setLoaded({ status: 'failed', reason: error instanceof Error ? error.message : 'unknown' });
      },
    );
  }, []);
  if (loaded.status === 'loading') return null;
  if (loaded.status === 'failed') return <main role="alert">{loaded.reason}</main>;
  const { app } = loaded;
  const Root = app.root;
  if (Root === undefined) return <main role="alert">The app has no root page.</main>;
  return (
    <PluginContextProvider meta={app.meta}>
      <div style={{ color: theme.colors.text.primary }}>
        <ErrorBoundaryAlert>
          <Root
            meta={app.meta}
            basename={pathname}
            path={pathname}
            query={Object.fromEntries(new URLSearchParams(search))}
            onNavChanged={nothing}
          />
        </ErrorBoundaryAlert>
      </div>
    </PluginContextProvider>
  );
}
