/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { RULE_TEMPLATES } from '@plumbline/schemas/rules';
import type { RuleState } from '../../alerting/ruleStates';
import { templateOf } from '../../alerting/ruleForm';
import { backtestCall, backtestKey, canBacktest } from './backtest';
import { ADDRESS_DEFAULTS, addressOf, formIn } from './formAddress';
import type * as numberTexts from './numberTexts';
import { columnTitle, previewOf } from './previewView';
import { selectRules, statesOf } from './rulesView';
import type * as templateTexts from './templateTexts';

jest.mock('../../shared/t', () => ({ t: (_: string, english: string) => english }));

const texts = jest.requireActual<typeof templateTexts>('./templateTexts');
const numbers = jest.requireActual<typeof numberTexts>('./numberTexts');
const titleOf = (id: string) => texts.templateText(id).title;

describe('texts of templates', () => {
  it('say what the templates say', () => {
    for (const { id, title, description } of RULE_TEMPLATES)
      expect([id, texts.templateText(id)]).toEqual([id, { title, description }]);
  });

  it('are there for every number and unit', () => {
    const code = readFileSync(`${__dirname}/numberTexts.ts`, 'utf8');
    for (const { parameters } of RULE_TEMPLATES)
      for (const { title, unit } of parameters) {
        expect(code).toContain(`'${title}'`);
        expect(code).toContain(`'${unit}'`);
        expect([numbers.numberTitle(title), numbers.unitText(unit)]).toEqual([title, unit]);
      }
  });
});

describe('the address of a form', () => {
  it('holds the template, the scope and the numbers that were changed', () => {
    const form = formIn({ ...ADDRESS_DEFAULTS, template: 'latency' }, titleOf);
    const changed = {
      ...form,
      values: { ...form.values, times: '3', minutes: 'x,:%' },
      scope: { model: ["'; DROP TABLE a,b", '100%'], environment: ['prod'] },
    };
    const address = addressOf(changed);
    expect(address).toMatchObject({ template: 'latency', environment: 'prod', version: '' });
    expect(formIn(address, titleOf)).toEqual(changed);
  });

  it('that makes no sense is the first template', () => {
    const odd = { ...ADDRESS_DEFAULTS, template: 'x', values: 'y:1', model: '%' };
    expect(formIn(odd, titleOf)).toMatchObject({
      template: { id: 'model-drift' },
      values: { hours: '3', effect: '0' },
      scope: { model: ['%'] },
    });
  });
});

describe('a preview', () => {
  const template = templateOf('cost-coverage')!;
  const rows = [
    { tenant: 'default', model: 'a', version: '', measured: 96 },
    { tenant: 'default', model: 'b', version: '', measured: 94 },
    { tenant: 'default', model: 'c', version: '', measured: null },
  ];

  it('judges each row as the threshold does, and never by a number that is not known', () => {
    const table = previewOf(rows, template, { values: { share: 95 }, scope: {} });
    expect(table.rows.map(({ verdict }) => verdict)).toEqual(['calm', 'fires', 'unknown']);
    expect(table).toMatchObject({ firing: 1, threshold: { type: 'lt', value: 95 } });
  });

  it('leaves out columns that say nothing', () => {
    expect(previewOf(rows, template, { values: {}, scope: {} }).columns).toEqual(['model']);
    expect(columnTitle('not_priced')).toBe('Not priced');
  });
});

describe('a backtest', () => {
  const form = formIn({ ...ADDRESS_DEFAULTS, template: 'error-rate', model: 'a' }, titleOf);

  it('asks for the days before, with numbers and scope', () => {
    expect(backtestCall(form, 7, Date.UTC(2026, 10, 21)).body).toEqual({
      template: 'error-rate',
      values: { minutes: 15, rate: 5, requests: 50 },
      scope: { model: ['a'] },
      for: '5m',
      from: '2026-11-14T00:00:00.000Z',
      to: '2026-11-21T00:00:00.000Z',
    });
  });

  it('is another one when a number changes, and the same when only the name does', () => {
    expect(backtestKey({ ...form, title: 'x' }, 7)).toBe(backtestKey(form, 7));
    const changed = { ...form, values: { ...form.values, rate: '6' } };
    expect(backtestKey(changed, 7)).not.toBe(backtestKey(form, 7));
  });

  it('is not possible for what has no history', () => {
    const none = RULE_TEMPLATES.filter(
      ({ id }) => !canBacktest(formIn({ ...ADDRESS_DEFAULTS, template: id }, titleOf)),
    );
    expect(none.map(({ id }) => id)).toEqual(['clickhouse-disk']);
  });
});

describe('the list', () => {
  const rule = (title: string, state: RuleState['state'], model = ''): RuleState => ({
    ...{ uid: title, title, state, lastError: '', lastEvaluationMs: null, everySeconds: 60 },
    ...{ folder: { uid: 'f', title: 'Folder' }, group: 'g', isPaused: false, provenance: '' },
    ...{ template: 'latency', hasForm: true, contactPoint: '', labels: {} },
    alerts: model === '' ? [] : [{ state: 'firing', labels: { model }, sinceMs: null }],
  });
  const rules = [rule('b', 'inactive'), rule('a', 'inactive'), rule('z', 'firing', 'fraud')];

  it('has what fires first', () => {
    expect(selectRules(rules, { search: '', state: '' }).map(({ title }) => title)).toEqual([
      'z',
      'a',
      'b',
    ]);
  });

  it('finds rules by state and by the models of their alerts', () => {
    expect(selectRules(rules, { search: ' FRAUD', state: '' })).toHaveLength(1);
    expect(selectRules(rules, { search: '', state: 'inactive' })).toHaveLength(2);
    expect(statesOf(rules)).toEqual([
      { state: 'firing', count: 1 },
      { state: 'inactive', count: 2 },
    ]);
  });
});
