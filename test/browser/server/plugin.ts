import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrgRole } from './visitor';

export interface ProxyRoute {
  readonly path: string;
  readonly url: string;
  readonly method?: string;
  readonly reqRole?: OrgRole;
  readonly reqAction?: string;
  readonly headers?: readonly { readonly name: string; readonly content: string }[];
}

interface Include {
  readonly type: string;
  readonly name: string;
  readonly path?: string;
  readonly addToNav?: boolean;
}

export interface PluginManifest {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly includes?: readonly Include[];
  readonly routes?: readonly ProxyRoute[];
  readonly roles?: readonly {
    readonly role: { readonly permissions: readonly { readonly action: string }[] };
    readonly grants: readonly string[];
  }[];
}

/** A built app: its `plugin.json` and those of its nested panels, by the folder that each is in. */
export interface BuiltPlugin {
  readonly dist: string;
  readonly manifest: PluginManifest;
  readonly panels: readonly { readonly folder: string; readonly manifest: PluginManifest }[];
}

function readManifest(folder: string): PluginManifest {
  const text = readFileSync(join(folder, 'plugin.json'), 'utf8');
  const { id } = JSON.parse(text) as PluginManifest;
  return JSON.parse(text.replaceAll('%PLUGIN_ID%', id)) as PluginManifest;
}

export function readPlugin(dist: string): BuiltPlugin {
  const panels = join(dist, 'panels');
  const folders = existsSync(panels) ? readdirSync(panels).sort() : [];
  return {
    dist,
    manifest: readManifest(dist),
    panels: folders.map((name) => ({
      folder: `panels/${name}`,
      manifest: readManifest(join(panels, name)),
    })),
  };
}
