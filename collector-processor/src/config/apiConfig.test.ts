import { loadConfig } from './loadConfig';

const load = (api: string) => loadConfig({ path: 'c', env: {}, readFile: () => `api: { ${api} }` });
const problemsOf = (api: string) => {
  const loaded = load(api);
  return loaded.status === 'invalid' ? loaded.problems : [];
};
const token = (name: string, secret: string) =>
  `{ name: ${name}, token: ${secret}, role: editor, tenant: a }`;
const LONG = 'hunter2hunter2hunter2';

describe('api', () => {
  it.each([
    [
      `tokens: [${token('a', 'hunter2')}]`,
      'api.tokens[0].token (value not shown): must be at least 16 characters',
    ],
    [
      `tokens: [${token('a', LONG)}, ${token('b', LONG)}]`,
      'api.tokens[1].token (value not shown): is there twice',
    ],
    [
      `tokens: [${token('a', LONG)}, ${token('a', `${LONG}x`)}]`,
      'api.tokens[1].name (value not shown): is there twice',
    ],
    ['grafana: { url: "http://grafana:3000" }', 'api.grafana.token: must be set when'],
    ['grafana: { token: hunter2 }', 'api.grafana.token (value not shown): must be at least'],
    [`tokens: [${token('a', LONG)}], grafana: { token: ${LONG} }`, 'must not be one of api.tokens'],
    [
      'tokens: [{ name: a, token: x, role: owner, tenant: a }]',
      'api.tokens[0].role (value not shown)',
    ],
  ])('refuses %s', (api, problem) => {
    const problems = problemsOf(api).join('\n');
    expect(problems).toContain(problem);
    expect(problems).not.toContain('hunter2');
  });
});
