import { type AppPlugin, type PluginExtensionLink, PluginExtensionTypes } from '@grafana/data';
import {
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginLinksHook,
} from '@grafana/runtime';
import { currentApp } from './currentApp';
import { hostPage } from './bootedPage';

interface Place {
  readonly extensionPointId: string;
  readonly context?: object | undefined;
}

type AddedLink = AppPlugin['addedLinkConfigs'][number];

function shownLink(link: AddedLink, index: number, context?: object): PluginExtensionLink[] {
  // `undefined` from a configure function hides the link.
  const changed = link.configure === undefined ? {} : link.configure(context);
  if (changed === undefined) return [];
  const { title, description = '', path } = { ...link, ...changed };
  return [
    {
      ...{
        id: String(index),
        type: PluginExtensionTypes.link,
        pluginId: hostPage.pluginId,
        title,
        description,
      },
      ...(path !== undefined && { path }),
    },
  ];
}

/** The extension hooks, answered from what the loaded app added itself. */
export function setExtensionHooks(): void {
  setPluginLinksHook(({ extensionPointId, context }: Place) => ({
    isLoading: false,
    links: (currentApp()?.addedLinkConfigs ?? [])
      .filter(({ targets }) => [targets].flat().includes(extensionPointId))
      .flatMap((link, index) => shownLink(link, index, context)),
  }));
  setPluginComponentsHook(() => ({ isLoading: false, components: [] }));
  setPluginFunctionsHook(() => ({ isLoading: false, functions: [] }));
  setPluginComponentHook((id) => {
    const exposed = currentApp()?.exposedComponentConfigs.find((one) => one.id === id);
    return { isLoading: false, component: exposed?.component ?? null };
  });
}
