import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import {
  collectFiles,
  variablesOf,
} from '../../collector-processor/src/cli/grafanaFiles/collectFiles';
import { NODE_FLAGS, plainEnvironment } from '../support/processor';

const ROOT = resolve(__dirname, '../..');
const MAIN = join(ROOT, 'collector-processor/dist/main.js');
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Compose {
  readonly services: Record<
    string,
    {
      readonly image?: string;
      readonly build?: string;
      readonly environment?: Record<string, string | number>;
      readonly ports?: readonly string[];
      readonly volumes?: readonly string[];
      readonly profiles?: readonly string[];
      readonly depends_on?: Record<string, { readonly condition: string }>;
    }
  >;
  readonly volumes: Record<string, null>;
}

interface CollectorConfig {
  readonly extensions?: Record<string, unknown>;
  readonly receivers: Record<string, unknown>;
  readonly exporters: Record<string, unknown>;
  readonly service: {
    readonly extensions?: readonly string[];
    readonly pipelines: Record<
      string,
      { readonly receivers: string[]; readonly exporters: string[] }
    >;
  };
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?error}` of Compose. */
const composeVariables = (source: string): string[] =>
  [...source.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name!);

describe('docker-compose.yml', () => {
  const source = text('docker-compose.yml');
  const { services, volumes } = parse(source) as Compose;

  /** `${NAME:-default}` as Compose reads it without an .env file. */
  const withDefaults = (value: string): string =>
    value.replace(/\$\{\w+(?::-([^}]*))?[^}]*\}/g, (_, preset: string | undefined) => preset ?? '');

  it('mounts only volumes that it declares and files that exist', () => {
    for (const mount of Object.values(services).flatMap((service) => service.volumes ?? [])) {
      const from = withDefaults(mount).split(':')[0]!;
      // The app is built, not committed.
      if (from === './grafana-plugin/dist') continue;
      if (from.startsWith('.')) expect([from, existsSync(join(ROOT, from))]).toEqual([from, true]);
      else expect(Object.keys(volumes)).toContain(from);
    }
  });

  it('has an image or a build for each service, and waits only for services that are there and can be healthy', () => {
    for (const service of Object.values(services)) {
      expect((service.image === undefined) !== (service.build === undefined)).toBe(true);
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(condition).toBe('service_healthy');
        expect('healthcheck' in services[name]! || services[name]!.build === '.').toBe(true);
      }
    }
    expect(services.demo!.profiles).toEqual(['demo']);
  });

  it('gives Grafana every variable that its provisioning files name, for each way to be told', () => {
    const given = Object.keys(services.grafana!.environment!);
    for (const contact of ['webhook', 'email', 'slack', 'pagerduty', 'all']) {
      const files = collectFiles({ root: ROOT, dataSource: 'native', contact }).provisioning;
      for (const name of variablesOf(files.values())) expect(given).toContain(name);
    }
  });

  it('mounts all that Grafana is provisioned with', () => {
    const mounted = services.grafana!.volumes!.map((mount) => withDefaults(mount).split(':')[1]!);
    const files = collectFiles({
      root: ROOT,
      dataSource: 'native',
      contact: 'webhook',
    }).provisioning;
    for (const path of files.keys()) {
      const target = `/etc/grafana/provisioning/${path}`;
      expect([
        path,
        mounted.some((place) => place === target || target.startsWith(`${place}/`)),
      ]).toEqual([path, true]);
    }
    expect(mounted).toContain('/etc/plumbline/dashboards');
  });

  it('publishes each port once, on loopback', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(1?)(\d+):\2$/);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('lets Grafana load the app and every one of its panels, which are not signed', () => {
    const panels = readdirSync(join(ROOT, 'grafana-plugin/src/panels'));
    const ids = ['', ...panels.map((name) => `panels/${name}/`)].map(
      (folder) =>
        (JSON.parse(text(`grafana-plugin/src/${folder}plugin.json`)) as { readonly id: string }).id,
    );
    const told = (list: string): string[] => list.split(',').toSorted();
    const [, example = ''] = /^PLUMBLINE_PLUGIN_IDS=(.*)$/m.exec(text('.env.example')) ?? [];
    const given = services.grafana!.environment!.GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS;
    expect(told(example)).toEqual(ids.toSorted());
    expect(told(withDefaults(String(given)))).toEqual(ids.toSorted());
  });

  it('has the built app in the image, for grafana-files', () => {
    expect(text('Dockerfile')).toMatch(/^COPY --from=app .*grafana-plugin\/dist$/m);
  });

  it('has every variable in .env.example, and no password there', () => {
    const example = text('.env.example');
    const told = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name!);
    expect(told.sort()).toEqual([...new Set(composeVariables(source))].sort());
    const secrets = told.filter((name) => /PASSWORD|TOKEN/.test(name));
    expect(secrets.length).toBeGreaterThan(3);
    for (const name of secrets) {
      expect(example).toMatch(new RegExp(`^${name}=$`, 'm'));
      expect(source).toContain(`\${${name}:?set it in .env}`);
      expect(source).not.toContain(`\${${name}:-`);
    }
  });

  it('gives the processor what its configuration asks for, which the processor accepts', () => {
    const { environment = {} } = services.processor!;
    const config = join(ROOT, 'deploy/docker/config.yaml');
    const wanted = [...text('deploy/docker/config.yaml').matchAll(/\$\{env:([A-Z_]+)/g)];
    expect(Object.keys(environment)).toEqual(
      expect.arrayContaining(wanted.map(([, name]) => name!)),
    );
    const env = {
      ...plainEnvironment(),
      CLICKHOUSE_URL: String(environment.CLICKHOUSE_URL),
      CLICKHOUSE_PASSWORD: 'any',
      PLUMBLINE_API_TOKEN: 'a-token-of-some-length',
      PLUMBLINE_ALERT_TOKEN: 'another-token-of-some-length',
    };
    const said = execFileSync(process.execPath, [MAIN, 'check', '--config', config], {
      env,
      encoding: 'utf8',
    });
    expect(said.trim()).toBe('ok');
  });
});

describe('Dockerfile', () => {
  const source = text('Dockerfile');

  it('copies folders that exist, once they are built', () => {
    const copied = [...source.matchAll(/^COPY --from=build \/plumbline\/(\S+)/gm)];
    expect(copied.length).toBeGreaterThan(3);
    for (const [, path] of copied)
      expect([path, existsSync(join(ROOT, path!))]).toEqual([path, true]);
  });

  it('runs the processor with its flags, not as root', () => {
    expect(source).toContain(
      `ENTRYPOINT ${JSON.stringify(['node', ...NODE_FLAGS, 'collector-processor/dist/main.js']).replaceAll(',', ', ')}`,
    );
    expect(source).toMatch(/^USER node$/m);
  });

  it('has a health check that can be run', () => {
    const script = /HEALTHCHECK[^\n]*\\\n\s+"(.*)"\]/.exec(source)![1]!;
    // Nothing listens on the port of a container here, so the answer is "unhealthy", told by the exit code alone.
    const { status } = spawnSync(process.execPath, ['-e', script]);
    expect(status).toBe(1);
  });
});

describe.each(['in-front', 'behind'])('deploy/collector/%s.yaml', (name) => {
  const config = parse(text(`deploy/collector/${name}.yaml`)) as CollectorConfig;

  it('uses every component that it configures, and no other', () => {
    const pipelines = Object.values(config.service.pipelines);
    const used = {
      extensions: config.service.extensions ?? [],
      receivers: pipelines.flatMap(({ receivers }) => receivers),
      exporters: pipelines.flatMap(({ exporters }) => exporters),
    };
    for (const kind of ['extensions', 'receivers', 'exporters'] as const) {
      expect([...new Set(used[kind])].sort()).toEqual(Object.keys(config[kind] ?? {}).sort());
    }
  });

  it('takes every signal', () => {
    expect(Object.keys(config.service.pipelines)).toEqual(['traces', 'metrics', 'logs']);
  });
});
