import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RULE_TEMPLATES } from '@plumbline/schemas/rules';
import { backfillCommand } from '../../collector-processor/src/cli/backfillCommand';
import { baselineCommand } from '../../collector-processor/src/cli/baselineCommand';
import { checkCommand } from '../../collector-processor/src/cli/checkCommand';
import type { Command } from '../../collector-processor/src/cli/command';
import { createFireDrillCommand } from '../../collector-processor/src/cli/fireDrillCommand';
import { grafanaFilesCommand } from '../../collector-processor/src/cli/grafanaFilesCommand';
import { repriceCommand } from '../../collector-processor/src/cli/repriceCommand';
import { runCli } from '../../collector-processor/src/cli/runCli';
import { createStartCommand } from '../../collector-processor/src/cli/startCommand';
import { createService } from '../../collector-processor/src/service';
import { startEngine } from '../support/engine';

const ROOT = resolve(__dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const RUNBOOKS = RULE_TEMPLATES.map(({ id }) => `docs/runbooks/${id}.md`);
const DOCS = ['docs/alerting.md', 'docs/operations.md', 'docs/quickstart.md', ...RUNBOOKS];
const COMMANDS = [
  backfillCommand,
  baselineCommand,
  checkCommand,
  createFireDrillCommand(createService),
  grafanaFilesCommand,
  repriceCommand,
  createStartCommand(createService),
];

/** Lines of shell blocks, and what stands in the text as a command of ours with its options. */
const commandsOf = (text: string): string[] => [
  ...[...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block!.trimEnd().split('\n'),
  ),
  ...[...text.matchAll(/`(plumbline [^`]+)`/g)].map(([, line]) => line!),
];

test('every rule has a runbook of its title, and a line in alerting.md', () => {
  const table = read('docs/alerting.md');
  for (const { id, title, urgency } of RULE_TEMPLATES) {
    expect(read(`docs/runbooks/${id}.md`)).toMatch(new RegExp(`^# ${title}\n`));
    const [line] = table.split('\n').filter((row) => row.startsWith(`| ${title} |`));
    expect(line).toContain(`runbooks/${id}.md`);
    expect(line).toMatch(urgency === 'page' ? /\| yes \|$/ : /\| no \|$/);
  }
});

describe.each(DOCS)('%s', (path) => {
  const text = read(path);

  test('links to files that are there', () => {
    for (const [, link] of text.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
      const target = join(ROOT, dirname(path), link!);
      expect([link, link!.startsWith('http') || existsSync(target)]).toEqual([link, true]);
    }
  });

  test('names files of the repository that are there', () => {
    const named =
      text.match(
        /(?<![\w/.])(?:deploy|docs|schemas|provisioning|collector-processor)\/[\w./-]*\w/g,
      ) ?? [];
    for (const name of named) expect([name, existsSync(join(ROOT, name))]).toEqual([name, true]);
  });

  test('has commands that are understood', async () => {
    for (const line of commandsOf(text)) {
      const [program, name, ...args] = line.split(/\s+/);
      if (program !== 'plumbline') {
        expect(['cp', 'docker', 'helm', 'mkdir', 'npm', 'promtool', 'tar']).toContain(program);
        continue;
      }
      const ran: string[] = [];
      const told = COMMANDS.map((command): Command => ({
        ...command,
        run: () => {
          ran.push(command.name);
          return Promise.resolve(0);
        },
      }));
      const errors: string[] = [];
      const host = {
        env: {},
        readFile: read,
        out: () => undefined,
        error: (said: string) => errors.push(said),
        lifetime: process,
      };
      await runCli([name!, ...args], told, host);
      expect({ line, errors, ran }).toEqual({ line, errors: [], ran: [name] });
    }
  });
});

test('a copy of the stopped embedded store is a store', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-restore-'));
  const [data, restored] = [join(folder, 'data'), join(folder, 'restored')];
  try {
    const first = await startEngine({ path: data });
    await first.client.command({
      query: 'CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n',
    });
    await first.client.command({ query: 'CREATE VIEW v AS SELECT sum(n) AS total FROM t' });
    await first.client.command({ query: 'INSERT INTO t SELECT number FROM numbers(1000)' });
    await first.stop();
    // The very lines that docs/operations.md tells, beside the store. Pipes of the engine are in there too, which tar takes.
    const lines = commandsOf(read('docs/operations.md')).filter((line) => line.includes('tar '));
    expect(lines).toHaveLength(2);
    for (const line of lines) execFileSync('sh', ['-c', line], { cwd: folder });
    const second = await startEngine({ path: restored });
    const answer = await second.client.query({
      query: 'SELECT toUInt32(total) AS total FROM v',
      format: 'JSONEachRow',
    });
    expect(await answer.json()).toEqual([{ total: 499_500 }]);
    await second.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
