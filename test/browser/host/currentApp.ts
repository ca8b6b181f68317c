import type { AppPlugin, AppPluginMeta } from '@grafana/data';
import i18next from 'i18next';
import { hostPage } from './bootedPage';
import { importPlugin } from './importPlugin';

let loading: Promise<AppPlugin> | undefined;
let loaded: AppPlugin | undefined;

/** The app once it is loaded; extension hooks read it. */
export const currentApp = (): AppPlugin | undefined => loaded;

async function addTranslations(base: string, pluginId: string, languages: readonly string[]) {
  const language = i18next.resolvedLanguage ?? 'en-US';
  if (!languages.includes(language)) return;
  const response = await fetch(`${base}/locales/${language}/${pluginId}.json`);
  if (!response.ok) return;
  i18next.addResourceBundle(language, pluginId, await response.json(), true, true);
}

async function load(pluginId: string): Promise<AppPlugin> {
  const base = `/public/plugins/${pluginId}`;
  const response = await fetch(`/api/plugins/${pluginId}/settings`);
  if (!response.ok) throw new Error(`The settings of ${pluginId}: status ${response.status}`);
  const meta = (await response.json()) as AppPluginMeta & { languages?: string[] };
  // Grafana adds the translations before it imports the module, which may translate while it loads.
  await addTranslations(base, pluginId, meta.languages ?? []);
  const plugin = await importPlugin<AppPlugin>(`${base}/module.js`);
  plugin.meta = meta;
  plugin.init(meta);
  loaded = plugin;
  return plugin;
}

/** Loads the built app once. */
export function loadApp(): Promise<AppPlugin> {
  loading ??= load(hostPage.pluginId);
  return loading;
}
