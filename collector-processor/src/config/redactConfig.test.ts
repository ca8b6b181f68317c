import { REDACT_KINDS } from '../core/redaction';
import { loadConfig } from './loadConfig';

const load = (yaml: string, env: Record<string, string> = {}) =>
  loadConfig({ path: 'c.yaml', env, readFile: () => yaml });

describe('redact', () => {
  it('takes rules, and groups for the kinds in them', () => {
    const loaded = load(
      `redact:
  hashKey: \${env:KEY}
  rules:
    - { name: people, attributes: [user.email, 'http.request.header.*'], action: hash }
    - { name: values, detect: [all], signals: [logs], contexts: [log, resource], action: mask }
`,
      { KEY: '0123456789abcdef' },
    );
    expect(loaded).toMatchObject({
      status: 'ok',
      config: {
        redact: {
          hashKey: '0123456789abcdef',
          rules: [
            { name: 'people', attributes: ['user.email', 'http.request.header.*'], action: 'hash' },
            { detect: REDACT_KINDS, signals: ['logs'], contexts: ['log', 'resource'] },
          ],
        },
      },
    });
  });

  it.each([
    ['{ name: a, action: mask }', 'redact.rules[0]: must have either attributes or detect'],
    ['{ name: a, attributes: [x], detect: [ip], action: mask }', 'either attributes or detect'],
    [
      '{ name: a, detect: [cards], action: mask }',
      'redact.rules[0].detect[0]: "cards": must be one of all, keys',
    ],
    ['{ name: a, detect: [], action: mask }', 'must name a kind'],
    ['{ name: a, detect: [ip], action: hide }', 'redact.rules[0].action'],
    ['{ name: a, detect: [ip], contexts: [spans], action: mask }', 'redact.rules[0].contexts[0]'],
    [
      '{ name: a, detect: [ip], action: hash }',
      'redact.hashKey: must be set, because a rule hashes',
    ],
    ['{ name: "a b", detect: [ip], action: mask }', 'redact.rules[0].name'],
    [
      '{ name: a, detect: [ip], action: mask }, { name: a, detect: [ip], action: drop }',
      'redact.rules[1].name',
    ],
    [
      '{ name: a, detects: [ip], action: mask }',
      'redact.rules[0].detects: unknown key; did you mean',
    ],
  ])('refuses %s', (rules, problem) => {
    const loaded = load(`redact:\n  rules: [${rules}]\n`);
    const problems = loaded.status === 'invalid' ? loaded.problems.join('\n') : '';
    expect(problems).toContain(problem);
  });

  it('never shows the key', () => {
    const loaded = load('redact:\n  hashKey: short-secret\n');
    expect(loaded.status).toBe('invalid');
    expect(JSON.stringify(loaded)).not.toContain('short-secret');
  });
});
