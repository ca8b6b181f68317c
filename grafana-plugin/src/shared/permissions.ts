import { hasPermission } from '@grafana/runtime';
import { PLUGIN_ID } from './pluginId';

/** Explore: Grafana sends those without it home, so that a link to it is only shown with it. */
export const canExplore = (): boolean => hasPermission('datasources:explore');

/** Whether Grafana itself lets the user make alert rules; each folder decides again. */
export const canCreateRules = (): boolean => hasPermission('alert.rules:create');
export const canChangeRules = (): boolean => hasPermission('alert.rules:write');
export const canDeleteRules = (): boolean => hasPermission('alert.rules:delete');

/** The app's own actions (`roles` in plugin.json): Admins and Editors, unless an administrator decided otherwise. */
export const canManageAlerts = (): boolean => hasPermission(`${PLUGIN_ID}.alerts:write`);
export const canWriteRegistry = (): boolean => hasPermission(`${PLUGIN_ID}.registry:write`);

/** Settings of the app. */
export const canConfigureApp = (): boolean => hasPermission('plugins:write');

/** Data sources. */
export const canCreateDataSources = (): boolean => hasPermission('datasources:create');
