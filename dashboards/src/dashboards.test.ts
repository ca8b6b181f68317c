import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DASHBOARDS, dashboardFiles } from './dashboards';
import { buildDashboard } from './parts/dashboard';

const DIRECTORY = resolve(__dirname, '..');
const BUILT = DASHBOARDS.map((spec) => ({ name: spec.uid, spec, built: buildDashboard(spec) }));

test('the committed files are what the source makes', () => {
  const committed = readdirSync(DIRECTORY).filter((name) => name.startsWith('plumbline-'));
  const files = dashboardFiles();
  expect(committed.toSorted()).toEqual([...files.keys()].toSorted());
  for (const [name, text] of files) {
    expect([name, readFileSync(join(DIRECTORY, name), 'utf8')]).toEqual([name, text]);
  }
});

test('a title never changes under its uid', () => {
  // Grafana deletes a plugin's dashboard whose title changes: give it another uid with the other title.
  expect(Object.fromEntries(DASHBOARDS.map(({ uid, title }) => [uid, title]))).toEqual({
    'plumbline-alerts': 'Plumbline alert history',
    'plumbline-clickhouse': 'Plumbline ClickHouse health',
    'plumbline-costs': 'Plumbline LLM usage and cost',
    'plumbline-drift': 'Plumbline drift',
    'plumbline-fleet': 'Plumbline fleet overview',
    'plumbline-latency': 'Plumbline latency and errors',
    'plumbline-model': 'Plumbline model detail',
    'plumbline-performance': 'Plumbline performance and fairness',
    'plumbline-processor': 'Plumbline itself',
    'plumbline-quality': 'Plumbline data quality',
    'plumbline-registry': 'Plumbline registry and deployments',
  });
});

describe.each(BUILT)('$name', ({ spec, built }) => {
  const panels = (built.panels ?? []) as Panel[];
  const queries = JSON.stringify(built).match(/"rawSql":"(?:[^"\\]|\\.)*"/g) ?? [];

  it('has an id, a title and a place of its own for each panel', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const { title, gridPos } of panels) {
      const { x, y, w, h } = gridPos!;
      expect([title, x + w <= 24]).toEqual([title, true]);
      for (let row = y; row < y + h; row++) {
        for (let column = x; column < x + w; column++) {
          const cell = `${column}:${row}`;
          expect([title, cell, taken.has(cell)]).toEqual([title, cell, false]);
          taken.add(cell);
        }
      }
    }
  });

  it('reads the data source that was chosen, with all fields of a query', () => {
    const dataSource = { type: 'grafana-clickhouse-datasource', uid: '${datasource}' };
    const annotations = built.annotations.list ?? [];
    const targets = [
      ...panels.flatMap((panel) => panel.targets ?? []),
      ...annotations.map(({ target }) => target),
    ];
    for (const target of targets) {
      expect(target).toMatchObject({
        refId: expect.any(String) as string,
        datasource: dataSource,
        pluginVersion: '4.20.0',
        editorType: 'sql',
        rawSql: expect.stringMatching(/^(SELECT|WITH)\s/) as string,
      });
    }
    for (const { datasource } of [...panels, ...annotations])
      expect(datasource).toEqual(dataSource);
    for (const panel of panels) {
      const [target] = panel.targets as unknown as { format: number; queryType: string }[];
      const isSeries = panel.type === 'timeseries';
      expect(target).toMatchObject(
        isSeries ? { format: 0, queryType: 'timeseries' } : { format: 1, queryType: 'table' },
      );
    }
  });

  it('has the variables that its queries name', () => {
    const named = new Set(
      queries.flatMap((sql) =>
        [...sql.matchAll(/\$\{(\w+):singlequote\}/g)].map(([, name]) => name),
      ),
    );
    const known = (built.templating.list ?? []).map(({ name }) => name);
    expect(known[0]).toBe('datasource');
    expect([...named].toSorted()).toEqual(known.slice(1).toSorted());
  });

  it('reads views only, and system tables only where the store itself is shown', () => {
    for (const sql of queries) {
      const sources = [...sql.matchAll(/\b(?:FROM|JOIN) ([\w.]+)/g)].map(([, name]) => name!);
      const allowed = spec.uid === 'plumbline-clickhouse' ? /^system\.\w+$/ : /^v_\w+$/;
      for (const source of sources)
        expect([sql, source]).toEqual([sql, expect.stringMatching(allowed)]);
    }
  });

  it('shows its links and annotations', () => {
    expect(built.links?.map(({ title }) => title)).toEqual(['Plumbline', 'App']);
    expect(JSON.stringify(built)).not.toContain('inControlsMenu');
    expect(built).toMatchObject({ id: null, schemaVersion: 42, revision: 1, uid: spec.uid });
  });
});

test('a trace link is a URL that holds its query', () => {
  const { built } = BUILT.find(({ name }) => name === 'plumbline-latency')!;
  const [, url] = /"title":"Trace","url":"([^"]*)"/.exec(JSON.stringify(built))!;
  const panes = new URL(url!, 'http://grafana').searchParams.get('panes')!;
  const { trace } = JSON.parse(panes) as {
    trace: { queries: { rawSql: string; format: number }[] };
  };
  expect(trace.queries[0]).toMatchObject({ format: 3, queryType: 'traces' });
  expect(trace.queries[0]!.rawSql).toContain("TraceId = '${__value.raw}'");
  expect(url).toContain('${datasource}');
});
