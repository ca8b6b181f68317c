import { initPluginTranslations } from '@grafana/i18n';
import { loadResources as loadScenes } from '@grafana/scenes';
import { loadLocale } from './locales';
import { PLUGIN_ID } from './pluginId';
import { markTranslated } from './translated';

/**
 * Grafana loads the texts of an app when it loads the app, but not for one of its panels on a dashboard; so the app brings
 * its own. Those of Scenes go into the same namespace, where Scenes looks for them.
 */
export const loadTranslations = async (): Promise<void> => {
  await initPluginTranslations(PLUGIN_ID, [loadLocale, loadScenes]);
  markTranslated();
};
