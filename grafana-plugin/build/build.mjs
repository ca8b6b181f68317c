#!/usr/bin/env node
// `npm run build -w grafana-plugin`: writes dist/, what a Grafana administrator unzips. `--watch` builds again on
// changes, `--output <folder>` writes elsewhere.
import { utimesSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';
import { webpackConfig } from './webpackConfig.mjs';

const watch = process.argv.includes('--watch');
const at = process.argv.indexOf('--output');
const output =
  at === -1
    ? join(dirname(fileURLToPath(import.meta.url)), '../dist')
    : resolve(process.argv[at + 1]);
const compiler = webpack(webpackConfig({ output, development: watch }));

const report = (error, stats) => {
  if (error) {
    console.error(error);
    process.exitCode = 1;
    return;
  }
  console.log(stats.toString({ preset: 'errors-warnings', colors: process.stdout.isTTY }));
  process.exitCode = stats.hasErrors() || stats.hasWarnings() ? 1 : 0;
  if (process.exitCode !== 0) return;
  // webpack leaves a file alone whose content stays the same; its time must still tell when the build was.
  const now = new Date();
  utimesSync(join(output, 'module.js'), now, now);
};

if (watch) compiler.watch({}, report);
else compiler.run((error, stats) => compiler.close(() => report(error, stats)));
