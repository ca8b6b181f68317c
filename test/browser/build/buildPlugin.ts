import { execFile } from 'node:child_process';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PLUGIN_DIST, PLUGIN_ROOT, ROOT } from './paths';

const SOURCES = [
  join(PLUGIN_ROOT, 'src'),
  join(PLUGIN_ROOT, 'build'),
  join(PLUGIN_ROOT, 'package.json'),
  join(ROOT, 'schemas/src'),
];

const modifiedAt = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const newestIn = (path: string): number =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))))
    : modifiedAt(path);

/** Builds the plugin as it is delivered, unless that is newer than its sources; returns its folder. */
export async function buildPlugin(): Promise<string> {
  const module = join(PLUGIN_DIST, 'module.js');
  if (Math.max(...SOURCES.map(newestIn)) <= modifiedAt(module)) return PLUGIN_DIST;
  await promisify(execFile)(process.execPath, [join(PLUGIN_ROOT, 'build/build.mjs')], {
    cwd: PLUGIN_ROOT,
  });
  // The bundler leaves a file that came out the same as it was, date included.
  utimesSync(module, new Date(), new Date());
  return PLUGIN_DIST;
}
