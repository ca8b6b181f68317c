#!/usr/bin/env node
// `npm run build`: type-checks and builds all workspaces, then packs the Grafana app. `--force` builds what looks up to date too.
import { join } from 'node:path';
import { root, run } from './workspace.mjs';

const typescript = join(root, 'node_modules/typescript/bin/tsc');

const steps = [
  [typescript, '-b', ...process.argv.slice(2)],
  [typescript, '-p', 'grafana-plugin/tsconfig.json'],
  [typescript, '-p', 'test/browser/tsconfig.json'],
  [typescript, '-p', 'grafana-plugin/e2e/tsconfig.json'],
  ['grafana-plugin/build/build.mjs'],
];

const main = async () => {
  for (const step of steps) {
    const code = await run(process.execPath, step);
    if (code !== 0) return code;
  }
  return 0;
};

process.exitCode = await main();
