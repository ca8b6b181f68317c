import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { SIGNAL_LABELS, type SignalKind } from '../../collector-processor/src/signals/signalPoints';
import { type Processor, startProcessor } from '../support/processor';

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

/** Names and their labels, as the running processor itself describes them. */
let exported: ReadonlyMap<string, string>;
let processor: Processor;
beforeAll(async () => {
  processor = await startProcessor();
  const page = await (await fetch(`http://${processor.adminAddress}/metrics`)).text();
  exported = new Map(
    [...page.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name!, type!]),
  );
}, 90_000);
afterAll(async () => {
  await processor.stop();
});

/** The metric that a series belongs to: a histogram has three names for its series. */
const metricOf = (series: string): string => {
  const histogram = series.replace(/_(sum|count|bucket)$/, '');
  return exported.get(histogram) === 'histogram' ? histogram : series;
};

describe('deploy/alertmanager', () => {
  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s reads metrics that the processor has, and has a runbook',
    (_, rule) => {
      const metrics = [...new Set(rule.expr.match(/plumbline_\w+/g) ?? [])];
      expect(metrics.length > 0 || rule.expr.includes('up{')).toBe(true);
      for (const metric of metrics)
        expect([metric, exported.has(metricOf(metric))]).toEqual([metric, true]);
      expect(existsSync(join(ROOT, rule.annotations.runbook!))).toBe(true);
      expect(rule.annotations.summary).toBeTruthy();
    },
  );

  test('selectors name labels and values that signals have', () => {
    const models = rules.filter(({ expr }) => /_(drift|quality|performance)_/.test(expr));
    expect(models.length).toBeGreaterThan(3);
    for (const { expr } of models) {
      for (const [, kind, selector] of expr.matchAll(
        /plumbline_(drift|quality|performance)_\w+\{([^}]*)\}/g,
      )) {
        const named = [...selector!.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, name]) => name);
        const labels: readonly string[] = [...SIGNAL_LABELS[kind as SignalKind], 'status'];
        expect(labels).toEqual(expect.arrayContaining(named));
      }
    }
  });

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
