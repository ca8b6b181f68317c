import { useState } from 'react';
import { useDataSource } from '../shared/DataSourceContext';
import { createPage, type PageSettings } from './createPage';

/** Draws a page of Scenes; `settings` is called once, when texts are loaded. The default export of a page's route file. */
export const ScenePage = ({ settings }: { readonly settings: () => PageSettings }) => {
  const { uid } = useDataSource();
  const [app] = useState(() => createPage(settings(), uid));
  return <app.Component model={app} />;
};
