import type { PanelPlugin, PanelPluginMeta } from '@grafana/data';
import { config } from '@grafana/runtime';
import { corePanel } from './corePanels';
import { importPlugin } from './importPlugin';

const imported = new Map<string, PanelPlugin>();

/** The panel plugins of the page: the built nested panels, and stand-ins for Grafana's own. */
export const panelImport = {
  async importPanelPlugin(id: string): Promise<PanelPlugin> {
    const known = imported.get(id);
    if (known !== undefined) return known;
    const meta = (config.panels as Record<string, PanelPluginMeta | undefined>)[id];
    if (meta === undefined) throw new Error(`There is no panel ${id}.`);
    const plugin = corePanel(id) ?? (await importPlugin<PanelPlugin>(`/${meta.module}`));
    plugin.meta = meta;
    imported.set(id, plugin);
    return plugin;
  },
  getPanelPluginFromCache: (id: string): PanelPlugin | undefined => imported.get(id),
};
