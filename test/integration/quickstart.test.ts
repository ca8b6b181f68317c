import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { backfillCommand } from '../../collector-processor/src/cli/backfillCommand';
import type { Command } from '../../collector-processor/src/cli/command';
import { createFireDrillCommand } from '../../collector-processor/src/cli/fireDrillCommand';
import { grafanaFilesCommand } from '../../collector-processor/src/cli/grafanaFilesCommand';
import { runCli } from '../../collector-processor/src/cli/runCli';
import { createStartCommand } from '../../collector-processor/src/cli/startCommand';
import { createService } from '../../collector-processor/src/service';
import { NODE_FLAGS, plainEnvironment } from '../support/processor';

const ROOT = resolve(__dirname, '../..');
const MAIN = join(ROOT, 'collector-processor/dist/main.js');
const TEXT = readFileSync(join(ROOT, 'docs/quickstart.md'), 'utf8');

/** Fenced blocks in a language. */
const blocksOf = (language: string): string[] =>
  [...TEXT.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , content]) => content!);

const configs = blocksOf('yaml').filter((block) => block.startsWith('# plumbline.yaml'));
const collectors = blocksOf('yaml').filter((block) => !block.startsWith('# plumbline.yaml'));
const commands = blocksOf('sh').flatMap((block) => block.trimEnd().split('\n'));
const folder = mkdtempSync(join(tmpdir(), 'quickstart-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('docs/quickstart.md', () => {
  test('has something of each sort to look at', () => {
    expect(configs.length).toBeGreaterThan(0);
    expect(collectors.length).toBeGreaterThan(0);
    expect(commands.length).toBeGreaterThan(2);
  });

  test.each(configs)('a configuration is one that the processor takes:\n%s', (text) => {
    const file = join(folder, 'plumbline.yaml');
    writeFileSync(file, text);
    const env = { ...plainEnvironment(), CLICKHOUSE_PASSWORD: 'secret' };
    const args = [...NODE_FLAGS, MAIN, 'check', '--config', file];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8', env })).toBe('ok\n');
  });

  test.each(collectors)('pipelines of a Collector name exporters that are there:\n%s', (text) => {
    const { exporters, service } = parse(text) as {
      exporters: Record<string, unknown>;
      service: { pipelines: Record<string, { exporters: string[] }> };
    };
    const named = Object.values(service.pipelines).flatMap((pipeline) => pipeline.exporters);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in exporters))).toEqual([]);
  });

  test.each(commands)('the command line is understood: %s', async (line) => {
    const [program, name, ...args] = line.split(/\s+/);
    expect(program).toBe('plumbline');
    // The options are those of the real commands; what would run is told instead of run.
    const ran: string[] = [];
    const told = (command: Command): Command => ({
      ...command,
      run: () => {
        ran.push(command.name);
        return Promise.resolve(0);
      },
    });
    const errors: string[] = [];
    const code = await runCli(
      [name!, ...args],
      [
        backfillCommand,
        createFireDrillCommand(createService),
        createStartCommand(createService),
        grafanaFilesCommand,
      ].map(told),
      {
        env: {},
        readFile: (path) => readFileSync(path, 'utf8'),
        out: () => undefined,
        error: (text) => errors.push(text),
        lifetime: process,
      },
    );
    expect({ code, errors, ran }).toEqual({ code: 0, errors: [], ran: [name] });
  });
});
