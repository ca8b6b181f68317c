import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hashFolders } from './hashFolders';
import { HOST_BUILDS, PLUGIN_DIST, PLUGIN_ROOT, ROOT } from './paths';

/** Says of which inputs the build is; beside what is delivered, not in it. */
const RECORD = join(HOST_BUILDS, 'plugin.txt');

/** Builds the plugin as it is delivered, unless that is there for the same inputs; returns its folder. */
export async function buildPlugin(): Promise<string> {
  const inputs = hashFolders([
    ...['src', 'build', 'package.json', 'tsconfig.json'].map((name) => join(PLUGIN_ROOT, name)),
    join(ROOT, 'schemas/src'),
    join(ROOT, 'package-lock.json'),
  ]);
  const built = existsSync(RECORD) ? readFileSync(RECORD, 'utf8') : '';
  if (built === inputs && existsSync(join(PLUGIN_DIST, 'module.js'))) return PLUGIN_DIST;
  await promisify(execFile)(process.execPath, [join(PLUGIN_ROOT, 'build/build.mjs')], {
    cwd: PLUGIN_ROOT,
  });
  mkdirSync(HOST_BUILDS, { recursive: true });
  writeFileSync(RECORD, inputs);
  return PLUGIN_DIST;
}
