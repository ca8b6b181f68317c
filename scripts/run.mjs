#!/usr/bin/env node
// The programs behind `npm run …`: installs and builds what is missing, then runs the one that is named. Plain
// Node without dependencies, because in a fresh clone there are none yet.
import { startPreview } from './preview.mjs';
import { build, install, root, run } from './workspace.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAMS = {
  demo: ['collector-processor/dist/main.js', 'demo'],
  start: ['collector-processor/dist/main.js', 'start'],
  bench: ['test/dist/bench/main.js'],
  'bench:api': ['test/dist/bench/api/main.js'],
  'bench:monitor': ['test/dist/bench/monitor/main.js'],
  'bench:power': ['test/dist/power/main.js'],
  'bench:dashboards': ['test/dist/bench/dashboards/main.js'],
  dashboards: ['dashboards/dist/main.js'],
  provisioning: ['dashboards/dist/provisioning/main.js'],
};

/** The flags that the processor's own `#!` line has too. */
const { config } = JSON.parse(readFileSync(join(root, 'collector-processor/package.json'), 'utf8'));

const main = async ([name, ...args]) => {
  const program = PROGRAMS[name];
  if (program === undefined) {
    console.error(`Usage: node scripts/run.mjs ${Object.keys(PROGRAMS).join('|')} [options]`);
    return 2;
  }
  const installed = await install();
  if (installed !== 0) return installed;
  const built = await build();
  if (built !== 0) return built;
  const [script, ...first] = program;
  const flags = script.startsWith('collector-processor') ? config.nodeFlags.split(' ') : [];
  const start = (options, env) =>
    run(process.execPath, [...flags, join(root, script), ...first, ...options], { env });
  if (name !== 'demo') return start(args);
  const options = args.filter((arg) => arg !== '--no-preview');
  const preview =
    options.length < args.length ? { env: {}, stop: () => undefined } : await startPreview(options);
  try {
    return await start(options, preview.env);
  } finally {
    preview.stop();
  }
};

process.exitCode = await main(process.argv.slice(2));
