import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Source folders and the file that tells when they were last built. */
const BUILDS = [
  {
    sources: 'schemas/src',
    built: 'schemas/tsconfig.tsbuildinfo',
    output: 'schemas/dist/index.js',
  },
  {
    sources: 'collector-processor/src',
    built: 'collector-processor/tsconfig.tsbuildinfo',
    output: 'collector-processor/dist/main.js',
  },
  {
    sources: 'dashboards/src',
    built: 'dashboards/tsconfig.tsbuildinfo',
    output: 'dashboards/dist/main.js',
  },
  {
    sources: 'grafana-plugin/src',
    built: 'grafana-plugin/dist/module.js',
    output: 'grafana-plugin/dist/module.js',
  },
  ...[
    'bench',
    'browser/build',
    'browser/drive',
    'browser/server',
    'fuzz',
    'naive',
    'power',
    'support',
  ].map((folder) => ({
    sources: `test/${folder}`,
    built: 'test/dist/tsconfig.tsbuildinfo',
    output: 'test/dist/bench/main.js',
  })),
];

const modifiedAt = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const newestIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => /\.(tsx?|json|svg)$/.test(name) && !/\.test\.tsx?$/.test(name))
    .reduce((newest, name) => Math.max(newest, modifiedAt(join(folder, name))), 0);

/** The npm that runs us, else the one on the path. */
const npmCommand = () => {
  const script = process.env.npm_execpath;
  if (script?.endsWith('npm-cli.js')) return [process.execPath, script];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
};

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/**
 * Passes signals on to `child`: `kill` and container runtimes tell only us. npm tells only the shell between us and
 * itself, which dies without a word: under npm, losing the parent means that we were told to end. Returns the undo.
 */
const passSignals = (child) => {
  const pass = (signal) => child.kill(signal);
  const names = Object.keys(SIGNALS);
  for (const name of names) process.on(name, pass);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event === undefined || process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 500);
  return () => {
    clearInterval(watch);
    for (const name of names) process.off(name, pass);
  };
};

/** Runs a program in the root of the repository with our terminal and `env` beside ours; resolves to its exit code. */
export const run = (command, args, { quiet = false, env = {} } = {}) =>
  new Promise((resolve, reject) => {
    const stdio = ['inherit', quiet ? 2 : 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd: root, stdio, env: { ...process.env, ...env } });
    const undo = passSignals(child);
    child.on('error', (error) => {
      undo();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      undo();
      resolve(code ?? 128 + (SIGNALS[signal] ?? 9));
    });
  });

export const npm = (...args) => {
  const [command, ...first] = npmCommand();
  // What npm says goes to standard error: standard output belongs to the command that was asked for.
  return run(command, [...first, ...args], { quiet: true });
};

const needsInstall = () =>
  modifiedAt('node_modules/.package-lock.json') < modifiedAt('package-lock.json');

/**
 * Installs the dependencies exactly as locked, unless they are there; resolves to the exit code. The install also
 * builds (`prepare`). Nothing is asked and nothing is read from standard input.
 */
export const install = async () => {
  if (!needsInstall()) return 0;
  console.error('Installing dependencies (once) ...');
  return npm('ci');
};

/**
 * Builds when a source is newer than the last build, or `always`: errors of a build are told again only by the next one.
 * Resolves to the exit code.
 */
export const build = async ({ always = false } = {}) => {
  // tsc takes its own record as proof of a build; with an output missing it has to be told.
  const missing = BUILDS.some(({ output }) => !existsSync(join(root, output)));
  const stale = BUILDS.some(({ sources, built }) => newestIn(sources) > modifiedAt(built));
  if (missing) return npm('run', '--silent', 'build', '--', '--force');
  return always || stale ? npm('run', '--silent', 'build') : 0;
};
