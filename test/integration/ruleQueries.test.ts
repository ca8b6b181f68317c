import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildRule, RULE_TEMPLATES } from '@plumbline/schemas/rules';
import { evaluateRule } from '../support/evaluateRule';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(async () => {
  await store.stop();
});

describe('on an empty store', () => {
  test.each(RULE_TEMPLATES.map((template) => [template.id, template] as const))('%s', async (id, template) => {
    const rule = buildRule(template, { datasourceUid: 'x' });
    const instances = await evaluateRule(store.client, rule, Date.now());
    if (id !== 'clickhouse-disk') expect(instances).toEqual([]);
  });
});
