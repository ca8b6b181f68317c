import {
  EmbeddedScene,
  SceneApp,
  SceneAppPage,
  SceneControlsSpacer,
  type SceneDataProvider,
  type SceneObject,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  type SceneVariable,
  VariableValueSelectors,
} from '@grafana/scenes';
import type { ReactNode } from 'react';
import { listDataSources } from '../shared/dataSource';
import { APP_URL, type PageName } from '../shared/links';
import { t } from '../shared/t';
import { dataSourceVariable, variableSet } from './variables';

/** What one scene reads and shows; made anew on each call. */
export interface SceneParts {
  readonly body: SceneObject;
  /** Besides the data source, which every scene has. Same names in all tabs: they share the address. */
  readonly variables?: readonly SceneVariable[];
  /** Data of the whole scene, for example annotations. */
  readonly data?: SceneDataProvider;
  /** False for a scene that does not depend on time: no time picker. */
  readonly timed?: boolean;
}

export interface TabSettings {
  /** The last part of the address. */
  readonly path: string;
  readonly title: string;
  readonly scene: () => SceneParts;
}

export interface PageSettings {
  readonly page: PageName;
  readonly title: string;
  readonly subTitle?: ReactNode;
  readonly renderTitle?: (title: string) => ReactNode;
  /** Where the time range starts when the address does not say; it ends now. */
  readonly from?: string;
  readonly content:
    { readonly scene: () => SceneParts } | { readonly tabs: readonly TabSettings[] };
}

const buildScene = (parts: SceneParts, uid: string, from: string): EmbeddedScene => {
  const source = dataSourceVariable(
    uid,
    t('shared.dataSource', 'Data source'),
    listDataSources().length > 1,
  );
  const timed = parts.timed ?? true;
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from, to: 'now' }),
    $variables: variableSet(source, ...(parts.variables ?? [])),
    ...(parts.data === undefined ? {} : { $data: parts.data }),
    controls: [
      new VariableValueSelectors({}),
      new SceneControlsSpacer(),
      ...(timed ? [new SceneTimePicker({ isOnCanvas: true })] : []),
      new SceneRefreshPicker({ isOnCanvas: true }),
    ],
    body: parts.body,
  });
};

/**
 * A page of Scenes: variables, time picker and refresh as in Grafana, state in the address, tabs that keep both. `uid` is the
 * data source until the address says otherwise.
 */
export const createPage = (settings: PageSettings, uid: string): SceneApp => {
  const { page, content, from = 'now-24h' } = settings;
  const url = `${APP_URL}/${page}`;
  const looks = {
    title: settings.title,
    subTitle: settings.subTitle,
    renderTitle: settings.renderTitle,
    url,
    // The page is drawn inside the app's own route: what is left of the address is its tabs.
    routePath: '*',
  };
  const body =
    'scene' in content
      ? new SceneAppPage({ ...looks, getScene: () => buildScene(content.scene(), uid, from) })
      : new SceneAppPage({
          ...looks,
          tabs: content.tabs.map(
            (tab) =>
              new SceneAppPage({
                title: tab.title,
                url: `${url}/${tab.path}`,
                routePath: tab.path,
                getScene: () => buildScene(tab.scene(), uid, from),
              }),
          ),
        });
  return new SceneApp({ pages: [body], name: 'plumbline' });
};
