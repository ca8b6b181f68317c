import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'deploy/alertmanager');
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly for?: string;
      readonly annotations: Readonly<Record<string, string>>;
    }[];
  }[];
}

const rules = (parse(read('plumbline-rules.yaml')) as RuleFile).groups.flatMap(
  (group) => group.rules,
);

/** Every file of the processor's source: where its metrics get their names. */
const source = readdirSync(join(ROOT, 'collector-processor/src'), { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(ROOT, 'collector-processor/src', name), 'utf8'))
  .join('\n');

describe('deploy/alertmanager', () => {
  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s reads metrics that the processor has, and has a runbook',
    (_, rule) => {
      const metrics = [...new Set(rule.expr.match(/plumbline_\w+/g) ?? [])];
      expect(metrics.length > 0 || rule.expr.includes('up{')).toBe(true);
      for (const metric of metrics) {
        const name = metric.replace(/(_seconds)_(sum|count|bucket)$/, '$1');
        expect([metric, source.includes(`'${name}'`)]).toEqual([metric, true]);
      }
      expect(existsSync(join(ROOT, rule.annotations.runbook!))).toBe(true);
      expect(rule.annotations.summary).toBeTruthy();
    },
  );

  test('no alert is named twice', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  // promtool comes with Prometheus; npm cannot bring it.
  const installed = spawnSync('promtool', ['--version'], { stdio: 'ignore' }).error === undefined;
  (installed ? test : test.skip)(
    'promtool runs their unit tests (skipped: promtool is not installed)',
    () => {
      const said = execFileSync('promtool', ['test', 'rules', 'plumbline-rules.test.yaml'], {
        cwd: FOLDER,
        encoding: 'utf8',
      });
      expect(said).toContain('SUCCESS');
    },
  );
});
