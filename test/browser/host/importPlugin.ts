import type { AppPlugin, PanelPlugin } from '@grafana/data';
import { system } from './system';

/** The `plugin` that a built module exports; a module that awaits at its top level is a promise of its exports. */
export async function importPlugin<Kind extends AppPlugin | PanelPlugin>(
  url: string,
): Promise<Kind> {
  const module = await system.import(url);
  const exports = 'plugin' in module ? module : ((await module.default) as Record<string, unknown>);
  return exports.plugin as Kind;
}
