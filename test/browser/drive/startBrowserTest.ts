import { jest } from '@jest/globals';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { rowsOf } from '../../support/clickHouse';
import { freePorts } from '../../support/freePorts';
import { type Processor, startProcessor } from '../../support/processor';
import { JSON_TYPE, sendHttp } from '../../support/sendHttp';
import { until } from '../../support/until';
import { buildHost, type HostBuild } from '../build/buildHost';
import { buildPlugin } from '../build/buildPlugin';
import type { GrafanaVersion } from '../build/grafanaPackages';
import { type BrowserHost, startHost } from '../server/startHost';
import { browserContexts, type ContextOptions } from './browserContexts';
import { goldenTelemetry, MONITOR, type TraceRequest } from './goldenTelemetry';
import { type HostPage, openHostPage } from './openHostPage';
import { openBrowser } from './openBrowser';

// For every file that starts one: what takes seconds on a quiet machine must also pass on one that is ten times slower.
jest.setTimeout(300_000);

const API_TOKEN = 'route-token-of-the-browser-host';
const SETTLED_WITHIN_MS = 90_000;

/** One browser, one processor with golden telemetry and one host for all versions, for a test file. */
export interface BrowserTest {
  readonly host: BrowserHost;
  readonly processor: Processor;
  readonly client: ClickHouseClient;
  /** Rows of the store, to compare a page with. */
  rows<Row>(query: string): Promise<Row[]>;
  /** Waits for what the monitor does by itself: a query of one column `n`, until it is above 0. */
  untilAny(query: string): Promise<void>;
  /** A fresh page; closed at the end at the latest. */
  open(options?: ContextOptions): Promise<HostPage>;
  stop(): Promise<void>;
}

/** What a test needs beside the golden telemetry. */
export type MoreTelemetry = (nowMs: number) => TraceRequest;

/** Sends all of it at once: what comes later for a time that was worked up already waits for long to be worked up again. */
async function send({ httpAddress }: Processor, more: MoreTelemetry): Promise<void> {
  const nowMs = Date.now();
  const { resourceSpans } = more(nowMs);
  const [first, ...others] = goldenTelemetry(nowMs);
  const merged = { resourceSpans: [...(first?.resourceSpans ?? []), ...resourceSpans] };
  for (const request of [merged, ...others]) {
    const message = { path: '/v1/traces', headers: JSON_TYPE, body: JSON.stringify(request) };
    const { status, body } = await sendHttp(`http://${httpAddress}`, message);
    if (status !== 200 || body.toString() !== '{}') {
      throw new Error(`the processor answered ${status}: ${body.toString()}`);
    }
  }
}

/** Waits until a query that gives one number gives one above 0. */
const untilAny = (client: ClickHouseClient, query: string): Promise<void> =>
  until(async () => {
    const [row] = await rowsOf<{ n: number }>(client, `SELECT toUInt32(n) AS n FROM (${query})`);
    return row!.n > 0;
  }, SETTLED_WITHIN_MS);

async function startFilledProcessor(hostPort: number, more: MoreTelemetry): Promise<Processor> {
  const processor = await startProcessor({
    api: { grafana: { url: `http://127.0.0.1:${hostPort}`, token: API_TOKEN } },
    config: { monitor: MONITOR },
  });
  try {
    await send(processor, more);
    return processor;
  } catch (error) {
    await processor.stop();
    throw error;
  }
}

async function buildAll(
  versions: readonly [GrafanaVersion, ...GrafanaVersion[]],
): Promise<[HostBuild, ...HostBuild[]]> {
  const [first, ...others] = versions;
  const builds: [HostBuild, ...HostBuild[]] = [await buildHost(first)];
  // One after the other: each build takes all cores.
  for (const version of others) builds.push(await buildHost(version));
  return builds;
}

/** Builds what is missing and starts everything; 15 s on a quiet machine with everything built. */
export async function startBrowserTest(
  versions: readonly [GrafanaVersion, ...GrafanaVersion[]],
  more: MoreTelemetry = () => ({ resourceSpans: [] }),
): Promise<BrowserTest> {
  const builds = await buildAll(versions);
  const pluginDist = await buildPlugin();
  const browser = await openBrowser();
  const stops = [() => browser.close()];
  const stop = async (): Promise<void> => {
    for (const one of stops.toReversed()) await one();
  };
  try {
    const [port] = (await freePorts(1)) as [number];
    const processor = await startFilledProcessor(port, more);
    stops.push(async () => {
      await processor.stop();
    });
    const client = createClient({ url: processor.storeUrl });
    stops.push(() => client.close());
    const host = await startHost({
      ...{ builds, pluginDist, port, apiToken: API_TOKEN },
      clickhouseUrl: processor.storeUrl,
      apiUrl: `http://${processor.adminAddress}`,
    });
    stops.push(() => host.stop());
    const contextOf = browserContexts(browser, host.url);
    return {
      ...{ host, processor, client, stop },
      rows: (query) => rowsOf(client, query),
      untilAny: (query) => untilAny(client, query),
      open: async (options = {}) => openHostPage(await contextOf(options), host),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
