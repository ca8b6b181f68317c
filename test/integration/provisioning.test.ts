import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { grafanaFilesCommand } from '../../collector-processor/src/cli/grafanaFilesCommand';
import { checkProvisioning } from '../../collector-processor/src/cli/grafanaFiles/checkProvisioning';
import { collectFiles } from '../../collector-processor/src/cli/grafanaFiles/collectFiles';
import { runCli } from '../../collector-processor/src/cli/runCli';
import { provisioningFiles } from '../../dashboards/src/provisioning/provisioningFiles';

const ROOT = resolve(__dirname, '../..');
const collected = (dataSource = 'native', contact = 'webhook') =>
  collectFiles({ root: ROOT, dataSource, contact }).provisioning;

test('the committed files are what the source makes', () => {
  const folder = join(ROOT, 'provisioning');
  const committed = readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());
  const made = provisioningFiles();
  expect(committed.map((path) => relative(folder, path)).sort()).toEqual([...made.keys()].sort());
  for (const path of committed)
    expect(readFileSync(path, 'utf8')).toBe(made.get(relative(folder, path)));
});

describe('each way in which they are put together has no mistake', () => {
  test.each(['native', 'http', 'native-tls', 'http-tls'])('data source %s', (way) => {
    expect(checkProvisioning(collected(way))).toEqual([]);
  });
  test.each(['webhook', 'email', 'slack', 'pagerduty', 'all'])('contact by %s', (way) => {
    expect(checkProvisioning(collected('native', way))).toEqual([]);
  });
});

test('no policy tree is replaced', () => {
  for (const text of provisioningFiles().values())
    expect(text).not.toMatch(/^(policies|resetPolicies):/m);
});

const RULES = 'alerting/rules.yaml';
const CONTACTS = 'alerting/contact-points.yaml';
const TEXTS = 'alerting/texts.yaml';
const SOURCES = 'datasources/plumbline.yaml';
const MUTE = 'plumbline-nights-and-weekends';

/** A mistake, what it does to which file, and what is said about it. */
const MISTAKES: readonly (readonly [string, string, string | RegExp, string, RegExp])[] = [
  [
    'a rule without uid',
    RULES,
    'uid: plumbline-model-drift\n',
    'missing_series_evals_to_resolve: 2\n',
    /no UID set/,
  ],
  ['a receiver without uid', CONTACTS, 'uid: plumbline-webhook\n        ', '', /no uid is set/],
  [
    'a webhook without url',
    CONTACTS,
    /url: \$PLUMBLINE_ALERT_WEBHOOK_URL\n {10}/,
    '',
    /settings\.url: is not specified/,
  ],
  [
    'an unknown integration',
    CONTACTS,
    'type: webhook',
    'type: webhok',
    /unknown integration type: webhok/,
  ],
  [
    'an unknown receiver',
    RULES,
    'receiver: plumbline',
    'receiver: nope',
    /receiver nope does not exist/,
  ],
  ['an unknown time interval', RULES, `- ${MUTE}`, '- zzz', /time interval zzz does not exist/],
  [
    'an interval of 5 s',
    RULES,
    'interval: 1m',
    'interval: 5s',
    /interval \(5s\) should be non-zero/,
  ],
  ['an interval of 15 s', RULES, 'interval: 1m', 'interval: 15s', /interval \(15s\)/],
  ['a NoData state in the wrong case', RULES, 'noDataState: OK', 'noDataState: Ok', /noDataState/],
  ['a wrong error state', RULES, 'execErrState: KeepLast', 'execErrState: NoData', /execErrState/],
  [
    'no duration',
    RULES,
    'keepFiringFor: 0s',
    'keepFiringFor: soon',
    /keepFiringFor: must be a duration/,
  ],
  [
    'a broken template',
    TEXTS,
    '{{ define "plumbline.title" -}}',
    '{{ define "plumbline.title" -',
    /an action \{\{ is not closed/,
  ],
  ['a template without end', TEXTS, /\n {6}\{\{- end \}\}/, '', /has no \{\{ end \}\}/],
  [
    'no range',
    RULES,
    /relativeTimeRange:\n *from: 10800\n *to: 0/,
    'queryType: ""',
    /needs a relativeTimeRange/,
  ],
  ['a range in words', RULES, 'from: 10800', 'from: 10m', /must be whole seconds/],
  [
    'two default data sources',
    SOURCES,
    /( {2}- name[\s\S]*)$/,
    '$1$1',
    /two data sources have the uid|only one/,
  ],
  [
    'a contact point that is made and deleted',
    CONTACTS,
    /$/,
    'deleteContactPoints:\n  - uid: plumbline-webhook\n',
    /is made and deleted/,
  ],
  // Grafana starts with these and says nothing.
  ['an unknown key', RULES, 'keepFiringFor', 'keep_firing_for', /keep_firing_for/],
  [
    'an unknown data source',
    RULES,
    'datasourceUid: plumbline-clickhouse',
    'datasourceUid: other',
    /unknown datasourceUid other/,
  ],
  [
    'a condition that is not there',
    RULES,
    'condition: C',
    'condition: Z',
    /condition Z is not among/,
  ],
  [
    'an expression of nothing',
    RULES,
    'expression: A',
    'expression: Y',
    /reads Y, which is not there/,
  ],
  ['group_by without alertname', RULES, '- alertname\n', '- cluster\n', /group_by needs/],
  [
    'one uid in two groups',
    RULES,
    'uid: plumbline-feature-drift\n',
    'uid: plumbline-model-drift\n',
    /is in two groups/,
  ],
  [
    'an unknown type of data source',
    SOURCES,
    'grafana-clickhouse-datasource',
    'clickhouse',
    /type/,
  ],
  [
    'database in place of defaultDatabase',
    SOURCES,
    '      defaultDatabase',
    '      database',
    /reads defaultDatabase/,
  ],
  [
    'a macro of the frontend',
    RULES,
    '$__timeFilter(time)',
    '$__conditionalAll(time)',
    /does not expand \$__conditionalAll/,
  ],
  [
    'a variable of a dashboard',
    RULES,
    "'plumbline-fire-drill'",
    '${model:singlequote}',
    /variable of a dashboard/,
  ],
  ['a series that is compared without reduce', RULES, 'format: 1', 'format: 0', /needs a reduce/],
  [
    'a label with one $',
    RULES,
    'labels: {}',
    'labels: { v: "{{ $values.A.Value }}" }',
    /must be written \$\$/,
  ],
  [
    'a $ in a setting of a receiver',
    CONTACTS,
    '\'{{ template "plumbline.title" . }}\'',
    '"{{ range $i := .Alerts }}{{ end }}"',
    /must be written \$\$/,
  ],
  [
    'a variable that is expanded twice',
    SOURCES,
    '$PLUMBLINE_CLICKHOUSE_HOST',
    '${PLUMBLINE_CLICKHOUSE_HOST}',
    /write \$NAME/,
  ],
  [
    'one folder for rules and dashboards',
    RULES,
    'folder: Plumbline alerts',
    'folder: Plumbline',
    /Grafana would make two/,
  ],
  ['a time of day that is none', TEXTS, '19:00', '25:00', /HH:MM/],
  [
    'no notification settings',
    RULES,
    /notification_settings:[\s\S]*?(?=\n {2}- orgId)/,
    '',
    /has no notification_settings/,
  ],
  [
    'YAML that cannot be read',
    RULES,
    'apiVersion: 1',
    'apiVersion: {a: $__file{x}}',
    /rules\.yaml/,
  ],
];

describe('a mistake is told', () => {
  test.each(MISTAKES)('%s', (_, path, what, by, said) => {
    const files = new Map(collected());
    const text = files.get(path)!;
    const wrong = typeof what === 'string' ? text.replace(what, () => by) : text.replace(what, by);
    expect(wrong).not.toBe(text);
    files.set(path, wrong);
    expect(checkProvisioning(files).join('\n')).toMatch(said);
  });
});

describe('plumbline grafana-files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grafana-files-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const run = async (...args: string[]) => {
    const out: string[] = [];
    const errors: string[] = [];
    const host = {
      env: {},
      readFile: (path: string) => readFileSync(path, 'utf8'),
      out: (line: string) => out.push(line),
      error: (line: string) => errors.push(line),
      lifetime: process,
    };
    return {
      code: await runCli(['grafana-files', ...args], [grafanaFilesCommand], host),
      out,
      errors,
    };
  };

  test('writes what Grafana mounts, tells the variables, and checks what was edited', async () => {
    const written = await run(
      folder,
      '--data-source',
      'http',
      '--contact',
      'slack',
      '--dashboards-path',
      '/srv/d',
    );
    expect(written).toMatchObject({ code: 0, errors: [] });
    expect(written.out.join('\n')).toContain('PLUMBLINE_SLACK_WEBHOOK_URL');
    expect(readFileSync(join(folder, 'provisioning/dashboards/plumbline.yaml'), 'utf8')).toContain(
      'path: /srv/d',
    );
    expect(readdirSync(join(folder, 'dashboards')).length).toBeGreaterThan(5);
    expect(await run(folder, '--check')).toEqual({ code: 0, out: ['ok'], errors: [] });
    const rules = join(folder, 'provisioning', RULES);
    writeFileSync(rules, readFileSync(rules, 'utf8').replace('condition: C', 'condition: Z'));
    const checked = await run(folder, '--check');
    expect(checked.code).toBe(1);
    expect(checked.errors.join('\n')).toContain('condition Z');
  });

  test.each([
    [['--contact', 'fax'], 1, /must be one of all, email/],
    [['one', 'more'], 2, /needs one DIR, not 3/],
  ])('refuses %j', async (args, code, said) => {
    const answer = await run(folder, ...args);
    expect(answer.code).toBe(code);
    expect(answer.errors.join('\n')).toMatch(said);
  });
  test('needs a folder', async () => {
    expect((await run()).code).toBe(2);
  });
});
