import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { VIEWS } from '@plumbline/schemas';
import { traceSpans } from '@plumbline/schemas/queries';
import { allOf, type DashboardQuery, queriesOf, readDashboards } from '../support/dashboardQueries';
import { expandMacros, interpolate, type Variables } from '../support/grafanaMacros';
import { insertMonitorRows, insertOwnMetrics } from '../support/insertMonitorRows';
import { type Processor, startProcessor } from '../support/processor';
import { JSON_TYPE, sendHttp } from '../support/sendHttp';

/** Recorded telemetry of every convention, as the golden cases have it, moved to a few hours ago. */
const CASES = resolve(__dirname, '../cases');
const RECORDED_AT = '1749988';
const DAY = 86_400_000;
/** Variables and annotations are the same on many dashboards: each is run once. */
const QUERIES = [
  ...new Map(
    readDashboards()
      .flatMap(queriesOf)
      .map((query) => [`${query.kind} ${query.sql}`, query]),
  ).values(),
];
/** Nothing merges in a store that has just been filled. */
const MAY_BE_EMPTY = new Set(['plumbline-clickhouse: table Merges under way']);
const CHOSEN: Readonly<Record<string, readonly string[]>> = {
  environment: ['prod', "o'neil"],
  model: ['fraud', 'churn'],
  version: ['v1', 'v2'],
  segment: ['country=DE', 'country=FR'],
  feature: ['amount', 'age'],
};

interface Answer {
  readonly meta: readonly { readonly name: string; readonly type: string }[];
  readonly data: readonly (readonly unknown[])[];
}

let processor: Processor;
let client: ClickHouseClient;
let now: number;

/** Each case has a tenant of its own: some of them use the same ids. */
const inputs = (): { path: string; body: string; tenant: string }[] =>
  (['traces', 'logs', 'metrics'] as const)
    .flatMap((signal) =>
      readdirSync(join(CASES, signal), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap(({ name }) =>
          readdirSync(join(CASES, signal, name))
            .filter((file) => /^input.*\.json$/.test(file))
            .toSorted()
            .map((file) => ({
              tenant: `${signal}-${name}`,
              body: readFileSync(join(CASES, signal, name, file), 'utf8'),
            })),
        ),
    )
    .map(({ tenant, body }) => {
      const signal = body.includes('"resourceLogs"')
        ? 'logs'
        : body.includes('"resourceMetrics"')
          ? 'metrics'
          : 'traces';
      const moved = String(Math.floor(now / 1_000_000) - 10);
      return {
        tenant,
        path: `/v1/${signal}`,
        body: body.replaceAll(`"${RECORDED_AT}`, `"${moved}`),
      };
    });

async function ask(sql: string): Promise<Answer> {
  const answer = await client.query({
    query: sql,
    format: 'JSONCompact',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  const { meta = [], data } = await answer.json<readonly unknown[]>();
  return { meta, data };
}

const expand = ({ sql, intervalS }: DashboardQuery, variables: Variables): string =>
  expandMacros(interpolate(sql, variables), {
    from: now - DAY,
    to: now + 60_000,
    intervalS: Math.max(intervalS, 120),
  });

const chosen = (count: number): Variables =>
  Object.fromEntries(
    Object.entries(CHOSEN).map(([name, values]) => [name, values.slice(0, count)]),
  );

const bare = (type: string): string => {
  const inner = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type)?.[1];
  return inner === undefined ? type : bare(inner);
};
const isTime = (type: string): boolean => bare(type).startsWith('DateTime');
const isNumber = (type: string): boolean => /^(Float|U?Int)\d+$/.test(bare(type));
const isText = (type: string): boolean => bare(type) === 'String';

/** The rules by which Grafana makes a chart of a time series (format 0): `long` to wide frames. */
function expectSeries({ meta, data }: Answer): void {
  expect(meta.slice(0, 1).map(({ type }) => isTime(type))).toEqual([true]);
  for (const { name, type } of meta.slice(1)) {
    expect([name, type, isNumber(type) || isText(type)]).toEqual([name, type, true]);
  }
  // A whole number of 64 bits would lose digits in a browser.
  expect(meta.filter(({ type }) => /^U?Int64$/.test(bare(type)))).toEqual([]);
  expect(meta.some(({ type }) => isNumber(type))).toBe(true);
  const times = data.map(([time]) => String(time));
  expect(times).toEqual(times.toSorted());
  const labels = meta.flatMap(({ type }, index) => (isNumber(type) ? [] : [index]));
  const points = data.map((row) => JSON.stringify(labels.map((index) => row[index])));
  expect(new Set(points).size).toBe(points.length);
}

function expectColumns({ meta }: Answer): void {
  for (const { name, type } of meta) {
    const known = isTime(type) || bare(type) === 'Date' || isNumber(type) || isText(type);
    expect([name, type, known]).toEqual([name, type, true]);
    expect([name, /^U?Int64$/.test(bare(type))]).toEqual([name, false]);
  }
}

function expectTyped(query: DashboardQuery, answer: Answer): void {
  if (query.kind === 'timeseries') expectSeries(answer);
  else expectColumns(answer);
  if (query.kind === 'variable') {
    expect(answer.meta.map(({ type }) => isText(type))).toEqual([true]);
  }
  if (query.kind === 'annotation') {
    expect(answer.meta.map(({ name, type }) => [name, isTime(type) ? 'time' : bare(type)])).toEqual(
      [
        ['time', 'time'],
        ['text', 'String'],
        ['tags', 'String'],
      ],
    );
  }
}

const ownMetrics = (): string[] =>
  [...new Set(QUERIES.flatMap(({ sql }) => sql.match(/'(plumbline|process)_\w+'/g) ?? []))].map(
    (name) => name.slice(1, -1),
  );

beforeAll(async () => {
  now = Date.now();
  const sent = inputs();
  processor = await startProcessor({
    tokens: [...new Set(sent.map(({ tenant }) => tenant))].map((tenant) => ({
      token: tenant,
      tenant,
    })),
    config: {
      prices: { overrideFile: join(CASES, 'traces', 'prices.yaml') },
      // Views read the rows themselves until windows are stored, so nothing has to be waited for.
      monitor: { everyMs: 3_600_000 },
      // Nobody listens there: it is for the metrics of forwarding.
      forward: { endpoint: 'http://127.0.0.1:1' },
    },
  });
  client = createClient({ url: processor.storeUrl, log: { level: ClickHouseLogLevel.OFF } });
  for (const { path, body, tenant } of sent) {
    const answer = await sendHttp(`http://${processor.httpAddress}`, {
      path,
      headers: { ...JSON_TYPE, authorization: `Bearer ${tenant}` },
      body,
    });
    expect([path, answer.status]).toEqual([path, 200]);
  }
  // The pass at the start may have stored the first minutes: views would wait for the next one to add what came after it.
  await client.command({ query: 'TRUNCATE TABLE ml_traffic_windows' });
  await insertMonitorRows(client, now);
  await insertOwnMetrics(client, ownMetrics(), now);
}, 180_000);

afterAll(async () => {
  await client.close();
  await processor.stop();
}, 60_000);

describe.each(QUERIES.map((query) => ({ name: query.name, query })))('$name', ({ name, query }) => {
  test('at all: rows of the types that it draws', async () => {
    const answer = await ask(expand(query, allOf(query.dashboard)));
    expectTyped(query, answer);
    if (!MAY_BE_EMPTY.has(name)) expect(answer.data.length).toBeGreaterThan(0);
  });

  test('at one and at many', async () => {
    for (const count of [1, 2]) {
      expectTyped(query, await ask(expand(query, chosen(count))));
    }
  });
});

test('one value leaves the others out', async () => {
  const query = QUERIES.find(({ name }) => name === 'plumbline-drift: table Features')!;
  const models = async (variables: Variables): Promise<unknown[]> => {
    const { meta, data } = await ask(expand(query, variables));
    const column = meta.findIndex(({ name }) => name === 'model');
    return [...new Set(data.map((row) => row[column]))].toSorted();
  };
  expect(await models(allOf(query.dashboard))).toEqual(['churn', 'fraud']);
  expect(await models({ ...allOf(query.dashboard), model: ['fraud'] })).toEqual(['fraud']);
  expect(await models({ ...allOf(query.dashboard), model: ['nobody'] })).toEqual([]);
});

test('every metric that a dashboard shows is one of the processor', async () => {
  const answer = await sendHttp(`http://${processor.adminAddress}`, {
    method: 'GET',
    path: '/metrics',
  });
  const known = new Set(
    [...answer.body.toString().matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name),
  );
  for (const name of ownMetrics()) {
    expect([name, known.has(name.replace(/_(count|sum)$/, ''))]).toEqual([name, true]);
  }
});

test('no column is used that schemas does not know', async () => {
  const declared = createClient({ url: processor.storeUrl, database: 'declared' });
  try {
    await client.command({ query: 'CREATE DATABASE declared' });
    for (const [view, columns] of Object.entries(VIEWS)) {
      const list = columns.map(([name, type]) => `\`${name}\` ${type}`).join(', ');
      await declared.command({ query: `CREATE TABLE ${view} (${list}) ENGINE = Memory` });
    }
    const run = async (sql: string): Promise<void> => {
      await (await declared.query({ query: sql, format: 'JSONCompact' })).json();
    };
    for (const query of QUERIES) {
      await run(expand(query, allOf(query.dashboard))).catch((error: unknown) => {
        throw new Error(`${query.name}: ${String(error)}`);
      });
    }
    await expect(run('SELECT unheard_of FROM v_traffic')).rejects.toThrow('unheard_of');
  } finally {
    await declared.close();
  }
});

test('the trace view gets the spans of a trace', async () => {
  const { data } = await ask(
    'SELECT TraceId, count() AS n FROM otel_traces GROUP BY TraceId ORDER BY n DESC LIMIT 1',
  );
  const [trace, spans] = data[0]!;
  const answer = await ask(traceSpans(`'${String(trace)}'`));
  expect(answer.data).toHaveLength(Number(spans));
  expect(answer.meta.map(({ name }) => name).slice(0, 7)).toEqual([
    'traceID',
    'spanID',
    'parentSpanID',
    'serviceName',
    'operationName',
    'startTime',
    'duration',
  ]);
});
