import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { knownKeys } from './knownKeys';
import { loadConfig } from './loadConfig';
import { configSchema } from './schema';

const EXAMPLE = join(__dirname, '../../config.example.yaml');

const load = (yaml: string, env: Record<string, string> = {}, files: Record<string, string> = {}) =>
  loadConfig({
    path: 'config.yaml',
    env,
    readFile: (path) => {
      const text = { 'config.yaml': yaml, ...files }[path];
      if (text === undefined) throw new Error(`ENOENT: no such file: ${path}`);
      return text;
    },
  });

const configOf = (result: ReturnType<typeof loadConfig>) => {
  if (result.status !== 'ok') throw new Error(result.problems.join('\n'));
  return result.config;
};

const problemsOf = (result: ReturnType<typeof loadConfig>) =>
  result.status === 'invalid' ? result.problems : [];

const defaults = configOf(loadConfig({ env: {}, readFile: () => '' }));

describe('config.example.yaml', () => {
  const text = readFileSync(EXAMPLE, 'utf8');

  it('loads to exactly the defaults', () => {
    expect(configOf(load(text))).toEqual(defaults);
  });

  it('holds every key of the schema', () => {
    const example: unknown = parse(text);
    const missing = knownKeys(configSchema).filter((path) => {
      // An item of a list that is empty by default can only be shown as a comment; so can a key of what is null.
      const commented = new RegExp(`^ *#.*\\b${path.split('.').at(-1)}:`, 'm').test(text);
      if (path.includes('[]')) return !commented;
      let at: unknown = example;
      for (const key of path.split('.')) {
        if (at === null) return !commented;
        if (typeof at !== 'object' || !(key in at)) return true;
        at = (at as Record<string, unknown>)[key];
      }
      return false;
    });
    expect(missing).toEqual([]);
    expect(knownKeys(configSchema)).toContain('receive.tokens[].tenant');
    expect(knownKeys(configSchema)).toContain('storage.deadLetter.maxBytes');
  });
});

describe('loadConfig', () => {
  it('takes an empty file and empty sections as all defaults', () => {
    expect(configOf(load(''))).toEqual(defaults);
    expect(configOf(load('receive:\n  limits:\nstorage:\n'))).toEqual(defaults);
  });

  it('freezes everything', () => {
    const config = configOf(load('receive: { tokens: [{ token: a, tenant: b }] }'));
    expect(Object.isFrozen(config.receive.tokens[0])).toBe(true);
    expect(Object.isFrozen(config.storage.deadLetter)).toBe(true);
    expect(() => Object.assign(config.storage, { path: 'x' })).toThrow(TypeError);
  });

  it('puts dead letters under the storage path unless told where', () => {
    expect(configOf(load('storage: { path: /var/x }')).storage.deadLetter.path).toBe(
      '/var/x/dead-letters',
    );
    expect(
      configOf(load('storage: { deadLetter: { path: /var/y } }')).storage.deadLetter.path,
    ).toBe('/var/y');
  });

  it('tells every problem at once, with key, value and reason', () => {
    const yaml = `
recieve: {}
receive: { grpc: { adress: 1.2.3.4:1 }, limits: { maxNesting: 0, maxBodyBytes: 16MiB } }
storage: { url: ftp://x, flushAfterMs: 1.5, retention: { otel_trace: 3 } }
api: { address: 4319 }
telemetry: { logLevel: loud }`;
    expect(problemsOf(load(yaml)).toSorted()).toEqual([
      'api.address: 4319: expected string, received number',
      'receive.grpc.adress: unknown key; did you mean receive.grpc.address?',
      'receive.limits.maxBodyBytes: "16MiB": expected number, received string',
      'receive.limits.maxNesting: 0: must be 1 or more',
      'recieve: unknown key; did you mean receive?',
      'storage.flushAfterMs: 1.5: must be a whole number',
      'storage.retention.otel_trace: unknown key; did you mean storage.retention.otel_traces?',
      'storage.url: "ftp://x": must be a URL that starts with http:// or https://',
      'telemetry.logLevel: "loud": expected one of "trace"|"debug"|"info"|"warn"|"error"|"fatal"|"silent"',
    ]);
  });

  it('finds a key that belongs elsewhere, and does not guess wildly', () => {
    expect(problemsOf(load('flushAfterMs: 5\nzzzzzz: 1'))).toEqual([
      'flushAfterMs: unknown key; did you mean storage.flushAfterMs?',
      'zzzzzz: unknown key',
    ]);
  });

  it('refuses limits that contradict each other', () => {
    expect(problemsOf(load('receive: { limits: { maxInFlightBytes: 1000 } }'))).toEqual([
      'receive.limits.maxInFlightBytes: 1000: must not be less than receive.limits.maxDecompressedBytes',
    ]);
  });

  it('refuses a forward section that contradicts itself', () => {
    const problems = (yaml: string) => problemsOf(load(`forward: { ${yaml} }`)).toSorted();
    expect(problems('endpoint: "http://a:4317/v1/traces", tls: { caFile: ca.pem }')).toEqual([
      'forward.endpoint: "http://a:4317/v1/traces": must not have a path, unless forward.protocol is http',
      'forward.tls.caFile: "ca.pem": needs an endpoint with https://',
    ]);
    expect(problems('endpoint: "https://a", tls: { keyFile: k }')).toEqual([
      'forward.tls.keyFile: "k": must be there when forward.tls.certFile is, and only then',
    ]);
    expect(problems('endpoint: "https://a/otlp?x=1", protocol: http')).toEqual([
      'forward.endpoint: "https://a/otlp?x=1": must not have a ? or #',
    ]);
    expect(problems('endpoint: collector:4317, headers: { "a b": x, token-bin: y }')).toEqual([
      'forward.endpoint: "collector:4317": must be a URL that starts with http:// or https://',
      'forward.headers.a b (value not shown): Invalid key in record',
      'forward.headers.token-bin (value not shown): Invalid key in record',
    ]);
    expect(problems('endpoint: "https://a/otlp", protocol: http')).toEqual([]);
  });

  it('never shows a secret', () => {
    const yaml = `
receive: { tokens: [hunter2, { token: hunter2, tenant: a, extra: hunter2 }, { token: hunter2, tenant: b }] }
storage: { password: [hunter2], url: "http://user:hunter2@host" }
telemetry: { headers: hunter2 }
api: \${env:SECRET}`;
    const problems = problemsOf(load(yaml, { SECRET: 'hunter2' }));
    expect(problems.join('\n')).not.toContain('hunter2');
    expect(problems.toSorted()).toEqual([
      'api (value not shown): expected object, received string',
      'receive.tokens[0] (value not shown): expected object, received string',
      'receive.tokens[1].extra: unknown key',
      'storage.password: expected string, received array',
      'storage.url: "http://***@host": must not hold a user or password: they have keys of their own',
      'telemetry.headers (value not shown): expected record, received string',
    ]);
    expect(
      problemsOf(load('receive: { tokens: [{ token: x, tenant: a }, { token: x, tenant: b }] }')),
    ).toEqual(['receive.tokens[1].token (value not shown): is there twice']);
  });

  it('tells where YAML is broken without quoting it', () => {
    const problems = problemsOf(load('storage:\n  password: "hunter2\n  x: 1\n'));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/^config\.yaml:\d+:\d+: not valid YAML \([A-Z_]+\)$/);
    expect(problems.join()).not.toContain('hunter2');
    expect(problemsOf(load('a: 1\na: 2'))).toEqual([
      expect.stringMatching(/^config\.yaml:2:1: not valid YAML \(DUPLICATE_KEY\)$/),
    ]);
  });

  it('tells that the file cannot be read', () => {
    expect(
      problemsOf(
        loadConfig({ path: 'none.yaml', env: {}, readFile: (path) => readFileSync(path, 'utf8') }),
      ),
    ).toEqual([expect.stringMatching(/^none\.yaml: .*ENOENT/)]);
  });

  it('does not hang on aliases that multiply', () => {
    const bomb = ['a: &a [1,1,1,1,1,1,1,1,1,1]'];
    for (let at = 1; at < 9; at += 1) {
      const [from, to] = ['abcdefghi'[at - 1]!, 'abcdefghi'[at]!];
      bomb.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(',')}]`);
    }
    expect(problemsOf(load(bomb.join('\n')))[0]).toContain('config.yaml: ');
  });
});

describe('references', () => {
  it('resolves environment variables, defaults and files inside values', () => {
    const config = configOf(
      load(
        `
storage:
  path: \${env:BASE}/plumbline/\${env:NAME:-main}
  password: \${file:/run/secrets/clickhouse}
  username: $$plumb$line
`,
        { BASE: '/srv' },
        { '/run/secrets/clickhouse': 'pa$$: ${env:BASE}\n' },
      ),
    );
    expect(config.storage.path).toBe('/srv/plumbline/main');
    expect(config.storage.password).toBe('pa$$: ${env:BASE}');
    expect(config.storage.username).toBe('$plumb$line');
  });

  it('reads a whole reference as YAML would, and as text where text is wanted', () => {
    const config = configOf(
      load(
        `
storage: { flushAfterMs: "\${env:MS}", url: "\${env:URL:-null}", password: "\${env:MS}" }
monitor: { enabled: "\${env:ON:-false}" }
receive: { tokens: [{ token: "\${env:MS}", tenant: "\${env:TENANT}" }] }`,
        { MS: '0250', TENANT: 'null' },
      ),
    );
    expect(config.storage.flushAfterMs).toBe(250);
    expect(config.storage.url).toBeNull();
    expect(config.storage.password).toBe('0250');
    expect(config.monitor.enabled).toBe(false);
    expect(config.receive.tokens).toEqual([{ token: '0250', tenant: 'null' }]);
  });

  it('refuses references that lead nowhere, once each, and shows no value of those that do', () => {
    const problems = problemsOf(
      load(
        `
storage: { path: "\${env:NOPE}", database: "\${vault:x}", flushAfterMs: "\${env:BAD}", password: "\${file:/gone}" }`,
        { BAD: 'hunter2' },
      ),
    );
    expect(problems).toEqual([
      'storage.path: environment variable NOPE is not set',
      'storage.database: ${vault:x} is not a reference: write ${env:NAME}, ${env:NAME:-default} or ${file:PATH}, or $$ for a plain $',
      'storage.password: ${file:/gone}: ENOENT: no such file: /gone',
      'storage.flushAfterMs: "${env:BAD}": expected number, received string',
    ]);
  });
});
