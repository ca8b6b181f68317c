/** @jest-environment node */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly info: {
    readonly version: string;
    readonly updated: string;
    readonly logos: Readonly<Record<'small' | 'large', string>>;
  };
  readonly includes?: readonly {
    readonly type: string;
    readonly name: string;
    readonly path: string;
    readonly role?: string;
    readonly action?: string;
  }[];
  readonly routes?: readonly {
    readonly path: string;
    readonly method: string;
    readonly url: string;
    readonly reqRole?: string;
    readonly reqAction?: string;
    readonly headers: readonly { readonly name: string; readonly content: string }[];
  }[];
  readonly roles?: readonly {
    readonly role: { readonly permissions: readonly { readonly action: string }[] };
    readonly grants: readonly string[];
  }[];
  readonly extensions?: {
    readonly addedLinks: readonly { readonly title: string; readonly description: string }[];
    readonly exposedComponents: readonly { readonly id: string; readonly title: string }[];
  };
  readonly dependencies: { readonly grafanaDependency: string };
}

const manifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(__dirname, folder, 'plugin.json'), 'utf8')) as Manifest;

const ID = 'plumbline-modelhealth-app';
const app = manifest('.');
const panels = readdirSync(join(__dirname, 'panels'));
const source = readFileSync(join(__dirname, 'module.tsx'), 'utf8');

/** The first route that takes a call, as Grafana's proxy chooses it. */
const routeFor = (method: string, path: string) =>
  app.routes?.find((route) => {
    const pattern = route.path.replace(/\*$/, '.+');
    return route.method === method && new RegExp(`^${pattern}$`).test(path);
  });

describe('plugin.json', () => {
  it.each(['.', ...panels.map((name) => `panels/${name}`)])('is complete in %s', (folder) => {
    const { id, name, info, dependencies } = manifest(folder);
    expect(id).toMatch(/^plumbline-[a-z]+-(app|panel)$/);
    expect(name).not.toBe('');
    expect(info).toMatchObject({ version: '%VERSION%', updated: '%TODAY%' });
    expect(dependencies.grafanaDependency).toBe('>=12.4.0');
    for (const logo of Object.values(info.logos))
      expect(existsSync(join(__dirname, folder, logo))).toBe(true);
  });

  it('includes every nested panel, and gates every page', () => {
    const included = (app.includes ?? []).filter(({ type }) => type === 'panel');
    expect(included.map(({ path }) => path).sort()).toEqual(panels.map((name) => `panels/${name}`));
    for (const page of (app.includes ?? []).filter(({ type }) => type === 'page')) {
      expect(page.path).toMatch(/^\/a\/%PLUGIN_ID%\/[a-z]+$/);
      expect(page.role ?? page.action).toBeDefined();
    }
  });

  it('includes every dashboard under its title, for everyone', () => {
    const folder = join(__dirname, '../../dashboards');
    const files = readdirSync(folder).filter((name) => /^plumbline-.*\.json$/.test(name));
    const included = (app.includes ?? []).filter(({ type }) => type === 'dashboard');
    expect(included.map(({ path }) => path).sort()).toEqual(
      files.map((name) => `dashboards/${name}`).sort(),
    );
    for (const { name, path, role } of included) {
      const { title } = JSON.parse(readFileSync(join(folder, '..', path), 'utf8')) as {
        readonly title: string;
      };
      expect([path, name, role]).toEqual([path, title, 'Viewer']);
    }
  });

  it('grants the actions that routes ask for', () => {
    const granted = (app.roles ?? []).flatMap(({ role }) => role.permissions);
    const asked = new Set((app.routes ?? []).flatMap(({ reqAction = [] }) => reqAction));
    expect(granted.map(({ action }) => action).sort()).toEqual([...asked].sort());
    for (const { grants } of app.roles ?? []) expect(grants).toEqual(['Admin', 'Editor']);
  });

  it.each([
    ['GET', 'api/models', { reqRole: 'Viewer' }],
    ['GET', 'api/audit', { reqRole: 'Admin' }],
    ['POST', 'api/compare', { reqRole: 'Viewer' }],
    ['POST', 'api/alerts/backtest', { reqRole: 'Viewer' }],
    ['POST', 'api/labels', { reqRole: 'Editor' }],
    ['POST', 'api/alerts/events', { reqAction: `${ID}.alerts:write` }],
    ['POST', 'api/registry/stage', { reqAction: `${ID}.registry:write` }],
    ['DELETE', 'api/registry/x', { reqAction: `${ID}.registry:write` }],
  ])('lets %s %s pass with %j', (method, path, gate) => {
    expect(routeFor(method, path)).toMatchObject(gate);
  });

  it('gates every route, with the token of the API and nothing else that is secret', () => {
    for (const { method, url, reqRole, reqAction, headers } of app.routes ?? []) {
      expect(method).toMatch(/^(GET|POST|PUT|PATCH|DELETE)$/);
      expect(url).toMatch(/^\{\{ \.JsonData\.apiUrl \}\}\/api\/v1(\/|$)/);
      expect(reqRole ?? reqAction).toBeDefined();
      expect(headers).toEqual([
        { name: 'Authorization', content: 'Bearer {{ .SecureJsonData.apiToken }}' },
      ]);
    }
  });

  it('declares the extensions of the code under the same titles', () => {
    const { addedLinks = [], exposedComponents = [] } = app.extensions ?? {};
    for (const { title, description } of addedLinks) {
      expect(source).toContain(`title: '${title}'`);
      expect(source).toContain(`description: '${description}'`);
    }
    for (const { id, title } of exposedComponents) {
      expect(source).toContain(`title: '${title}'`);
      expect(source).toContain(id.replace(ID, '${PLUGIN_ID}'));
    }
  });
});
