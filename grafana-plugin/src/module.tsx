import { AppPlugin, PluginExtensionPoints } from '@grafana/data';
import type { AppSettings } from './shared/appSettings';
import { modelHealthLink } from './extensions/modelHealthLink';
import { lazyTranslated } from './shared/lazyTranslated';
import { PLUGIN_ID } from './shared/pluginId';

/*
 * What Grafana loads first, and on every dashboard whose panel menus it fills: small, and nothing in it is awaited. Titles here are those of
 * plugin.json, with which Grafana compares them.
 */
export const plugin = new AppPlugin<AppSettings>()
  .setRootPage(lazyTranslated(() => import('./app/App')))
  .addConfigPage({
    id: 'configuration',
    title: 'Configuration',
    icon: 'cog',
    body: lazyTranslated(() => import('./app/ConfigPage')),
  })
  .addLink({
    title: 'Model health',
    description: 'Open the model of this panel in Plumbline',
    targets: [PluginExtensionPoints.DashboardPanelMenu],
    configure: modelHealthLink,
  })
  .exposeComponent({
    id: `${PLUGIN_ID}/model-status-badge/v1`,
    title: 'Model status badge',
    description: 'The status of a model, as in the fleet',
    component: lazyTranslated(() => import('./extensions/ModelStatusBadge')),
  });
