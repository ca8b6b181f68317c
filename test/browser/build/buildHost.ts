import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type GrafanaVersion, grafanaPackages, type GrafanaPackages } from './grafanaPackages';
import { hashFolders } from './hashFolders';
import { hostPlugins } from './hostPlugins';
import { HOST_BUILDS, HOST_SOURCES, ROOT, TEST_ROOT } from './paths';

/** A page that loads a built plugin with the packages of one Grafana version. */
export interface HostBuild {
  readonly version: GrafanaVersion;
  readonly packages: GrafanaPackages;
  /** `main.js`, `main.css` and the chunks. */
  readonly directory: string;
}

/** Builds that nobody asked for since then are removed. */
const KEPT_MS = 24 * 3_600_000;

/** Builds the host of one Grafana version, unless it is there for the same inputs. A build takes 5 to 12 s. */
export async function buildHost(version: GrafanaVersion): Promise<HostBuild> {
  const packages = grafanaPackages(version);
  const inputs = hashFolders([
    HOST_SOURCES,
    join(TEST_ROOT, 'browser/build'),
    join(ROOT, 'package-lock.json'),
  ]);
  const directory = join(HOST_BUILDS, `${version}-${inputs}`);
  if (!existsSync(join(directory, 'main.js'))) await buildInto(directory, version, packages);
  else await utimes(directory, new Date(), new Date());
  return { version, packages, directory };
}

async function buildInto(directory: string, version: GrafanaVersion, packages: GrafanaPackages) {
  await mkdir(HOST_BUILDS, { recursive: true });
  await removeOld();
  // Built aside and put in place at once: another process may be building the same.
  const aside = await mkdtemp(join(HOST_BUILDS, 'new-'));
  try {
    await bundle(aside, version, packages);
    await rename(aside, directory);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(join(directory, 'main.js'))) throw error;
  }
}

async function bundle(outdir: string, version: GrafanaVersion, packages: GrafanaPackages) {
  await build({
    entryPoints: [join(HOST_SOURCES, 'main.tsx')],
    outdir,
    bundle: true,
    format: 'esm',
    splitting: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    conditions: ['module', 'browser'],
    nodePaths: [join(ROOT, 'node_modules')],
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.woff2': 'file', '.woff': 'file', '.svg': 'dataurl', '.ttf': 'empty' },
    // moment-timezone adds zones to the CommonJS file; another copy would not have them.
    alias: { moment: join(ROOT, 'node_modules/moment/moment.js') },
    plugins: hostPlugins(version, packages),
    logLevel: 'error',
  });
}

async function removeOld(): Promise<void> {
  const names = await readdir(HOST_BUILDS);
  for (const name of names) {
    const path = join(HOST_BUILDS, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true });
  }
}
