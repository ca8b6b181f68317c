import type { PluginManifest } from './plugin';
import type { OrgRole } from './visitor';

const VIEWER = [
  'alert.instances:read',
  'alert.rules:read',
  'dashboards:read',
  'datasources:query',
  'datasources:read',
  'folders:read',
  'plugins.app:access',
];
const EDITOR = [
  ...VIEWER,
  'alert.notifications:read',
  'alert.provisioning.provenance:write',
  'alert.rules:create',
  'alert.rules:delete',
  'alert.rules:write',
  'annotations:create',
  'dashboards:create',
  'datasources:explore',
  'folders:create',
];
const ADMIN = [
  ...EDITOR,
  'alert.provisioning:write',
  'datasources:create',
  'datasources:write',
  'plugins:write',
];

const OF_GRAFANA: Readonly<Record<OrgRole, readonly string[]>> = {
  Viewer: VIEWER,
  Editor: EDITOR,
  Admin: ADMIN,
};

/** What a role may do: Grafana's own actions that matter to the app, and those that the plugin grants. */
export function permissionsOf(role: OrgRole, { roles = [] }: PluginManifest): string[] {
  const granted = roles
    .filter(({ grants }) => grants.includes(role))
    .flatMap((one) => one.role.permissions.map(({ action }) => action));
  return [...OF_GRAFANA[role], ...granted];
}
