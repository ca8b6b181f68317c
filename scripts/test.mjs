#!/usr/bin/env node
// `npm test`: every gate runs even if an earlier one failed, and the last line is `N passed, N failed`. Arguments go to
// Jest, for example a part of a path.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, root, run } from './workspace.mjs';

const bin = (path) => join(root, 'node_modules', path);
const node = (script, ...args) => run(process.execPath, [bin(script), ...args]);

const gates = {
  // The build comes first: it is half of the type check, and integration tests start what it makes.
  types: async () =>
    (await build({ always: true })) +
    (await node('typescript/bin/tsc', '-p', 'tsconfig.tests.json')),
  // Browser tests would build their pages themselves, within the time that a test may take.
  pages: () => run(process.execPath, [join(root, 'test/dist/browser/build/main.js')]),
  lint: () => node('eslint/bin/eslint.js', '.', '--max-warnings=0'),
  format: () => node('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
};

/** Runs the tests; a suite that cannot even be loaded is one failure. */
const runJest = async (args) => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  const report = join(folder, 'jest.json');
  try {
    const code = await node('jest/bin/jest.js', ...args, '--json', `--outputFile=${report}`);
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return {
      passed: result.numPassedTests,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch (error) {
    console.error(`Jest ended without a report: ${error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const main = async (args) => {
  const total = { passed: 0, failed: 0, skipped: 0 };
  // When the install fails the gates still say what they can.
  if ((await install()) !== 0) total.failed += 1;
  const pass = async (name) => {
    const ok = (await gates[name]()) === 0;
    console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`);
    total[ok ? 'passed' : 'failed'] += 1;
  };
  await pass('types');
  // The linter keeps one core busy as long as the others need together. Tests measure time, so they run alone.
  await Promise.all([pass('lint'), pass('pages').then(() => pass('format'))]);
  const tests = await runJest(args);
  for (const key of Object.keys(total)) total[key] += tests[key];
  const { passed, failed, skipped } = total;
  console.log(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
  return failed === 0 ? 0 : 1;
};

process.exitCode = await main(process.argv.slice(2));
