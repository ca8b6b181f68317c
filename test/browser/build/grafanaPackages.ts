import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './paths';

/** The Grafana versions that the app is shown in: the oldest that it supports and the newest. */
export const GRAFANA_VERSIONS = ['12', '13'] as const;
export type GrafanaVersion = (typeof GRAFANA_VERSIONS)[number];

/** Where the packages of a version are installed: those of the newest are hoisted to the root. */
const WORKSPACE: Record<GrafanaVersion, string> = { '12': 'grafana12', '13': 'grafana-plugin' };

export interface GrafanaPackages {
  /** From here, `react` and `@grafana/*` resolve to this version's. */
  readonly from: string;
  /** From here, `react-router-dom` is 5, and `react-router-dom-v5-compat` is there. */
  readonly ui: string;
  readonly runtime: string;
  /** As Grafana says it: `12.4.10`. */
  readonly exactVersion: string;
}

const folderOf = (name: string, from: string): string =>
  dirname(require.resolve(`${name}/package.json`, { paths: [from] }));

export function grafanaPackages(version: GrafanaVersion): GrafanaPackages {
  const from = join(ROOT, WORKSPACE[version]);
  const runtime = folderOf('@grafana/runtime', from);
  const manifest = JSON.parse(readFileSync(join(runtime, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { from, ui: folderOf('@grafana/ui', from), runtime, exactVersion: manifest.version };
}
