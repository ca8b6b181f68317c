import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { checkTemplates } from '../support/checkTemplates';
import { NODE_FLAGS, plainEnvironment } from '../support/processor';

const ROOT = resolve(__dirname, '../..');
const CHART = join(ROOT, 'deploy/helm/plumbline');
const MAIN = join(ROOT, 'collector-processor/dist/main.js');
const templates = new Map(
  readdirSync(join(CHART, 'templates')).map((name) => [
    name,
    readFileSync(join(CHART, 'templates', name), 'utf8'),
  ]),
);
const values = parse(readFileSync(join(CHART, 'values.yaml'), 'utf8')) as Record<string, unknown>;
const installed = (program: string): boolean =>
  spawnSync(program, ['version'], { stdio: 'ignore' }).error === undefined;

const valueAt = (path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], values);

describe('without helm', () => {
  test('blocks of the templates are closed, and every value, helper and file they name is there', () => {
    expect(checkTemplates(templates)).toEqual([]);
    const all = [...templates.values()].join('\n');
    const named = [...all.matchAll(/\.Values\.([\w.]+)/g)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(20);
    for (const path of named) expect([path, valueAt(path) !== undefined]).toEqual([path, true]);
    const helpers = [...all.matchAll(/define "([^"]+)"/g)].map(([, name]) => name);
    for (const [, name] of all.matchAll(/include "([^"]+)"/g)) expect(helpers).toContain(name);
  });

  test('every value of values.yaml is used', () => {
    const all = [...templates.values()].join('\n');
    for (const key of Object.keys(values)) expect(all).toContain(`.Values.${key}`);
  });

  test('the processor takes the configuration', () => {
    const [, config] = /define "plumbline.config" -\}\}\n([\s\S]*?)\{\{- end/.exec(
      templates.get('_helpers.tpl')!,
    )!;
    const folder = mkdtempSync(join(tmpdir(), 'helm-'));
    try {
      const file = join(folder, 'config.yaml');
      writeFileSync(file, config!);
      const names = {
        CLICKHOUSE_URL: 'http://c:8123',
        CLICKHOUSE_DATABASE: 'd',
        CLICKHOUSE_USER: 'u',
      };
      const env = { ...plainEnvironment(), ...names, CLICKHOUSE_PASSWORD: 'p' };
      const deployment = templates.get('deployment.yaml')!;
      for (const name of Object.keys(names)) expect(deployment).toContain(`name: ${name}`);
      const args = [...NODE_FLAGS, MAIN, 'check', '--config', file];
      expect(execFileSync(process.execPath, args, { encoding: 'utf8', env })).toBe('ok\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

// Helm is a program of its own that npm cannot bring.
(installed('helm') ? describe : describe.skip)('with helm (skipped: helm is not installed)', () => {
  const render = (...more: string[]) => {
    const needed = [
      '--set',
      'clickhouse.url=http://c:8123',
      '--set',
      'clickhouse.passwordSecret.name=s',
    ];
    const args = ['template', 'one', CHART, ...needed, ...more];
    const text = execFileSync('helm', args, { encoding: 'utf8' });
    return parseAllDocuments(text).map(
      (document) => document.toJS() as { kind: string; spec: Record<string, unknown> },
    );
  };

  test('renders what it should', () => {
    const kinds = render('--set', 'serviceMonitor.enabled=true')
      .map(({ kind }) => kind)
      .sort();
    expect(kinds).toEqual([
      'ConfigMap',
      'Deployment',
      'HorizontalPodAutoscaler',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'ServiceMonitor',
    ]);
    const [deployment] = render('--set', 'autoscaling.enabled=false').filter(
      ({ kind }) => kind === 'Deployment',
    );
    expect(deployment!.spec.replicas).toBe(2);
  });

  test('needs a ClickHouse', () => {
    expect(spawnSync('helm', ['template', 'one', CHART], { encoding: 'utf8' }).stderr).toContain(
      'clickhouse.url: is needed',
    );
  });
});
