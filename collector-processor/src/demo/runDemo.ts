import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '@clickhouse/client';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Component } from '../core/component';
import { messageOf } from '../core/errors';
import { compareSent, isWhole } from './compareSent';
import type { DemoAddresses } from './demoView';
import { comparisonLines, screenLines } from './demoView';
import { createFindingWatch } from './findingWatch';
import type { End, EndWatch, Signals } from './endWatch';
import { watchForEnd } from './endWatch';
import type { Reading } from './readings';
import { readNow } from './readings';
import type { Screen } from './screen';
import type { Senders } from './senders';
import { createSenders } from './senders';

/** The processor, as the demo sees it. */
export interface DemoProcessor extends Component {
  readonly addresses: DemoAddresses;
}

export interface DemoParts {
  readonly processor: DemoProcessor;
  readonly screen: Screen;
  readonly signals: Signals;
  readonly clock: () => number;
  /** Makes the baselines of all models of these days. */
  readonly makeBaselines: (
    client: ClickHouseClient,
    range: { readonly fromMs: number; readonly toMs: number },
  ) => Promise<void>;
  /** Lets the monitor begin. */
  readonly startMonitor: () => void;
  /** Address of a preview of the Grafana app, where one runs beside the demo. */
  readonly preview?: string;
}

export interface DemoSettings {
  /** Without it the demo runs until a signal comes. */
  readonly forMs?: number;
  readonly historyDays: number;
  /** Nothing goes wrong, so nothing should be found. */
  readonly quiet: boolean;
  /** Unique; marks the rows of this run. */
  readonly run: string;
}

const REFRESH_MS = 1_000;
/** How long the services may take to flush, and then the processor to stop. */
const STOP_MS = 20_000;
/** A store on a slow disk opens within this time; looked at this often. */
const READY_MS = 60_000;
const READY_EVERY_MS = 100;

interface Shown {
  readonly client: ClickHouseClient;
  readonly senders: Senders;
  readonly sinceMs: number;
}

/** Draws the screen from what the store says; a store that does not answer keeps the last numbers and is said. */
function createDrawing(parts: DemoParts, { client, senders, sinceMs }: Shown) {
  const { processor, screen, clock, preview } = parts;
  const watch = createFindingWatch(parts, client);
  let reading: Reading = { models: [], spans: 0 };
  const lines = (
    state: Omit<Parameters<typeof screenLines>[0], 'addresses' | 'preview'>,
  ): string[] =>
    screenLines({
      ...state,
      addresses: processor.addresses,
      ...(preview === undefined ? {} : { preview }),
    });
  return async (last: boolean): Promise<void> => {
    let trouble: { trouble?: string } = {};
    const empty = reading.models.length === 0;
    try {
      reading = await readNow(client);
      await watch.look(senders.status());
    } catch (error) {
      trouble = { trouble: messageOf(error) };
    }
    const first = empty && reading.models.length > 0;
    const elapsedMs = clock() - sinceMs;
    const status = senders.status();
    const state = { elapsedMs, status, reading, findings: watch.lines(status) };
    const isNews = watch.news();
    screen.show(lines({ ...state, ...trouble }), last || first || isNews);
  };
}

/** Draws every second until something ends the demo; resolves to what it was. */
async function drawUntilEnd(draw: (last: boolean) => Promise<void>, watch: EndWatch): Promise<End> {
  let end: End | undefined;
  const ended = watch.ended.then((reason) => {
    end = reason;
  });
  while (end === undefined) {
    await draw(false);
    const timer = new AbortController();
    const pause = delay(REFRESH_MS, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([pause, ended]);
    timer.abort();
  }
  return end;
}

/** Resolves to the exit code: 1 when something died, or when not every row sent was found after the time was over. */
async function showUntilEnd(
  parts: DemoParts,
  settings: DemoSettings,
  watch: EndWatch,
  shown: Shown,
): Promise<number> {
  const { processor, screen } = parts;
  const { client, senders } = shown;
  const { run, historyDays, quiet, forMs } = settings;
  senders.serve({ addresses: processor.addresses, run, historyDays, quiet });
  if (forMs !== undefined) watch.endAfter(forMs);
  const draw = createDrawing(parts, shown);
  const end = await drawUntilEnd(draw, watch);
  await senders.stop(AbortSignal.timeout(STOP_MS));
  await draw(true);
  screen.print(senders.status().problems);
  if (end.by === 'signal') return 0;
  if (end.by === 'death') {
    screen.print([end.reason]);
    return 1;
  }
  const comparisons = await compareSent(client, senders.status().sent, run);
  screen.print(['', ...comparisonLines(comparisons)]);
  return isWhole(comparisons) ? 0 : 1;
}

/** The processor takes nothing before its store is open, and an exporter gives up after a few attempts. */
async function waitUntilReady({ processor, clock }: DemoParts): Promise<void> {
  const deadlineMs = clock() + READY_MS;
  for (;;) {
    const answer = await fetch(`http://${processor.addresses.admin}/readyz`);
    if (answer.ok) return;
    if (clock() > deadlineMs) throw new Error(`the store did not open: ${await answer.text()}`);
    await delay(READY_EVERY_MS);
  }
}

async function startAndShow(parts: DemoParts, settings: DemoSettings, watch: EndWatch) {
  const { processor, screen, clock } = parts;
  const senders = createSenders();
  void senders.died.then(watch.death);
  try {
    screen.print(['Starting ClickHouse and the processor, training the models …']);
    await Promise.all([senders.start(), processor.start()]);
    await waitUntilReady(parts);
    const client = createClient({ url: processor.addresses.clickhouse });
    try {
      return await showUntilEnd(parts, settings, watch, { client, senders, sinceMs: clock() });
    } finally {
      await client.close();
    }
  } finally {
    // Senders first, so that what they still flush finds a processor.
    await senders.stop(AbortSignal.timeout(STOP_MS));
    await processor.stop(AbortSignal.timeout(STOP_MS));
  }
}

/** Starts the processor and the services, shows them until the end and stops them. Resolves to the exit code. */
export async function runDemo(parts: DemoParts, settings: DemoSettings): Promise<number> {
  const watch = watchForEnd(parts.signals, parts.clock);
  try {
    return await startAndShow(parts, settings, watch);
  } catch (error) {
    parts.screen.print([`The demo failed: ${messageOf(error)}`]);
    return 1;
  } finally {
    watch.close();
  }
}
