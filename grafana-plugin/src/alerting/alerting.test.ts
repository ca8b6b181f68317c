/** @jest-environment node */
import { RULE_TEMPLATES } from '@plumbline/schemas/rules';
import { type CallGrafana, createGrafanaAlerting, type GrafanaCall } from './grafanaAlerting';
import {
  formOf,
  formProblems,
  isChangedOutside,
  newForm,
  newUid,
  type RuleForm,
  ruleOf,
  templateOf,
} from './ruleForm';
import { readMark, writeMark } from './ruleMark';
import { type RulesAnswer, ruleStatesOf, type ToldRule } from './ruleStates';

const template = templateOf('error-rate')!;
const place = { uid: 'plumbline-error-rate-010203', folderUid: 'models', datasourceUid: 'ch' };
const form: RuleForm = {
  ...newForm(template, 'Errors', { model: ["'; DROP TABLE x {{"], feature: ['not in it'] }),
  folder: { uid: 'models' },
  labels: [{ key: 'team', value: 'risk' }],
  contactPoint: 'ml-oncall',
};

describe('a form', () => {
  it('becomes a rule in a group of its own, and the rule becomes the same form', () => {
    const rule = ruleOf({ ...form, values: { ...form.values, rate: '7.5' } }, place);
    expect(rule).toMatchObject({
      ruleGroup: place.uid,
      folderUID: 'models',
      for: '5m',
      keep_firing_for: '10m',
      isPaused: false,
      labels: { team: 'risk' },
      notification_settings: {
        receiver: 'ml-oncall',
        group_by: ['grafana_folder', 'alertname', 'tenant', 'environment', 'model'],
      },
    });
    expect(JSON.stringify(rule.annotations)).not.toMatch(/"plumbline_rule":"[^"]*\{\{/);
    const again = formOf(rule)!;
    expect(again).toMatchObject({ values: { rate: '7.5' }, scope: { model: form.scope.model } });
    expect(again.scope).not.toHaveProperty('feature');
    expect(isChangedOutside(rule, again)).toBe(false);
  });

  it('keeps what the form does not hold when a rule is changed', () => {
    const before = {
      ...ruleOf(form, place),
      isPaused: true,
      noDataState: 'OK',
      annotations: { ...ruleOf(form, place).annotations, summary: 'mine' },
      notification_settings: { receiver: 'ml-oncall', repeat_interval: '1d' },
    };
    const after = ruleOf({ ...form, values: { ...form.values, rate: '9' } }, place, before);
    expect(after).toMatchObject({ isPaused: true, noDataState: 'OK' });
    expect(after.annotations?.summary).toBe('mine');
    expect(readMark(after.annotations)?.values).toMatchObject({ rate: 9 });
    expect(after.notification_settings).toEqual(before.notification_settings);
    expect(after.data.at(-1)?.model).toMatchObject({
      conditions: [{ evaluator: { type: 'gt', params: [9] } }],
    });
  });

  it('says when the query is not its own', () => {
    const rule = ruleOf(form, place);
    const [first, ...rest] = rule.data;
    const model = { ...first!.model, rawSql: 'SELECT 1' } as (typeof first & object)['model'];
    expect(isChangedOutside({ ...rule, data: [{ ...first!, model }, ...rest] }, form)).toBe(true);
    expect(isChangedOutside({ ...rule, condition: 'A' }, form)).toBe(true);
  });

  it.each<[string, Partial<RuleForm>, string]>([
    ['without a title', { title: ' ' }, 'title'],
    ['with a title that is too long', { title: 'x'.repeat(191) }, 'title'],
    ['with a wait that is none', { pending: '5 minutes' }, 'pending'],
    ['without a folder', { folder: undefined }, 'folder'],
    ['with a folder without a name', { folder: { title: '' } }, 'folder'],
    ['with a label that has no name', { labels: [{ key: '', value: 'x' }] }, 'labels'],
    ['with a number out of bounds', { values: { ...form.values, rate: '101' } }, 'values'],
    ['with half a number', { values: { ...form.values, rate: '' } }, 'values'],
  ])('%s cannot be saved', (_, change, field) => {
    expect([...formProblems({ ...form, ...change })]).toEqual([field]);
    expect([...formProblems(form)]).toEqual([]);
  });

  it('gets a uid that Grafana takes, for every template', () => {
    for (const { id } of RULE_TEMPLATES)
      expect(newUid(id, new Uint8Array([1, 255, 3])).length).toBeLessThanOrEqual(40);
    expect(newUid('latency', new Uint8Array([1, 255, 3]))).toBe('plumbline-latency-01ff03');
  });
});

describe('a mark', () => {
  it('is read as it was written', () => {
    const mark = { template: 'x', values: { a: 1 }, scope: { model: ['{{{ .x }}', '"'] } };
    const text = writeMark(mark);
    expect(text).not.toContain('{{');
    expect(readMark({ plumbline_rule: text })).toEqual(mark);
  });

  it.each(['', '[]', '{"template":1}', '{"template":"x","values":{"a":"1"},"scope":{}}'])(
    'is none when it is %s',
    (text) => {
      expect(readMark({ plumbline_rule: text })).toBeUndefined();
    },
  );
});

describe('states of rules', () => {
  const answer = (rule: Partial<ToldRule>): RulesAnswer => ({
    data: {
      groups: [
        {
          ...{ name: 'g', file: 'Models', folderUid: 'models', interval: 60 },
          rules: [{ uid: 'plumbline-latency', name: 'Latency', ...rule }],
        },
      ],
    },
  });

  it.each<[Partial<ToldRule>, string]>([
    [{ state: 'firing', health: 'ok' }, 'firing'],
    [{ state: 'inactive', health: 'error' }, 'error'],
    [{ state: 'pending', health: 'ok' }, 'pending'],
    [{ state: 'inactive', health: 'nodata' }, 'nodata'],
    [{ state: 'inactive', health: 'ok' }, 'inactive'],
    [{ state: 'firing', health: 'ok', isPaused: true }, 'paused'],
  ])('%j is %s', (rule, state) => {
    expect(ruleStatesOf(answer(rule))[0]).toMatchObject({ state, template: 'latency' });
  });

  it('leaves out rules of others, alerts that are none and labels of Grafana', () => {
    expect(ruleStatesOf(answer({ uid: 'other' }))).toEqual([]);
    const alerts: ToldRule['alerts'] = [
      { state: 'Normal', labels: { model: 'a' } },
      {
        state: 'Alerting',
        labels: { model: 'b', __grafana_x: '1', alertname: 'x', tenant: '' },
        activeAt: '2026-11-20T10:00:00Z',
      },
    ];
    expect(ruleStatesOf(answer({ alerts }))[0]?.alerts).toEqual([
      { state: 'firing', labels: { model: 'b' }, sinceMs: Date.UTC(2026, 10, 20, 10) },
    ]);
  });
});

describe("Grafana's API", () => {
  const recorder = (answers: Readonly<Record<string, unknown>>) => {
    const calls: GrafanaCall[] = [];
    const call = ((one: GrafanaCall) => {
      calls.push(one);
      return Promise.resolve({ state: 'done', data: answers[`${one.method} ${one.path}`] });
    }) as CallGrafana;
    return { calls, alerting: createGrafanaAlerting(call) };
  };
  const rule = ruleOf(form, place);
  const path = `/api/v1/provisioning/alert-rules/${place.uid}`;
  const group = `/api/v1/provisioning/folder/models/rule-groups/${place.uid}`;

  it('keeps rules editable with every write, and sets another interval than the usual', async () => {
    const { calls, alerting } = recorder({ [`GET ${group}`]: { title: place.uid, rules: [rule] } });
    await alerting.createRule(rule, 300);
    expect(calls.map(({ method }) => method)).toEqual(['POST', 'GET', 'PUT']);
    expect(calls[2]?.body).toEqual({ title: place.uid, rules: [rule], interval: 300 });
    for (const { method, headers } of calls)
      if (method !== 'GET') expect(headers).toEqual({ 'X-Disable-Provenance': 'true' });
  });

  it('pauses the rule as it stands now', async () => {
    const now = { ...rule, title: 'renamed in Grafana' };
    const { calls, alerting } = recorder({ [`GET ${path}`]: now });
    await alerting.setPaused(place.uid, true);
    expect(calls[1]).toMatchObject({ method: 'PUT', path, body: { ...now, isPaused: true } });
  });
});
