import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Ledger } from './ledger';
import { REFERENCE_DAYS } from './environment';
import type { PastTraffic } from './pastTraffic';
import { DAY_MS } from './seasons';

export interface HistoryProgress {
  /** Calls that were acknowledged. */
  sent: number;
  readonly total: number;
  state: 'sending' | 'done' | 'stopped' | 'failed';
  /** The first days, once all of them were acknowledged, Unix milliseconds: what is sent later can be compared with them. */
  reference?: { readonly fromMs: number; readonly toMs: number };
}

/** Spans a request; between one and two megabytes. */
const REQUEST_SPANS = 2_000;
/** Requests under way at once: enough to fill the store's inserts, few enough to leave live traffic its turn. */
export const REQUESTS_IN_FLIGHT = 5;
/** The exporter itself tries a request six times; this is how often it is asked to. */
const ROUNDS = 5;
const ROUND_PAUSE_MS = 1_000;
/** `ExportResultCode.SUCCESS` of `@opentelemetry/core`, on which only the exporters depend. */
const EXPORT_SUCCEEDED = 0;

/** Resolves to whether the request was acknowledged. */
const exportOnce = (exporter: SpanExporter, spans: ReadableSpan[]): Promise<boolean> =>
  new Promise((resolve) => {
    exporter.export(spans, (result) => {
      const code: number = result.code;
      resolve(code === EXPORT_SUCCEEDED);
    });
  });

async function deliver(exporter: SpanExporter, spans: ReadableSpan[]): Promise<boolean> {
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await delay(ROUND_PAUSE_MS);
    if (await exportOnce(exporter, spans)) return true;
  }
  return false;
}

/**
 * Sends past traffic, a few requests at a time, and says through `progress` how far it is. When `stop` aborts it
 * finishes what is under way. Spans are entered in the ledger when they are handed to the exporter, so that a request
 * that is given up shows as a difference at the end.
 */
export async function sendHistory(
  parts: {
    readonly traffic: PastTraffic;
    readonly exporter: SpanExporter;
    readonly ledger: Ledger;
    readonly progress: HistoryProgress;
  },
  stop: AbortSignal,
): Promise<void> {
  const { traffic, exporter, ledger, progress } = parts;
  const underWay = new Set<Promise<void>>();
  let waiting: ReadableSpan[] = [];
  let waitingCalls = 0;
  const send = async (spans: ReadableSpan[], calls: number): Promise<void> => {
    if (await deliver(exporter, spans)) progress.sent += calls;
    else progress.state = 'failed';
  };
  const launch = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const [spans, calls] = [waiting, waitingCalls];
    [waiting, waitingCalls] = [[], 0];
    while (underWay.size >= REQUESTS_IN_FLIGHT) await Promise.race(underWay);
    const sending = send(spans, calls).finally(() => underWay.delete(sending));
    underWay.add(sending);
    // Live serving shares this thread.
    await nextTurn();
  };
  const finishReference = async (toMs: number): Promise<void> => {
    await launch();
    await Promise.all(underWay);
    if (progress.state === 'sending') progress.reference = { fromMs: traffic.fromMs, toMs };
  };
  const referenceEndMs = traffic.fromMs + REFERENCE_DAYS * DAY_MS;
  for (const { startMs, service, model, spans } of traffic.hours()) {
    if (stop.aborted || progress.state === 'failed') break;
    if (startMs >= referenceEndMs && progress.reference === undefined) {
      await finishReference(referenceEndMs);
    }
    for (const span of spans) {
      waiting.push(span);
      ledger.span(service);
      if (model === undefined) continue;
      waitingCalls++;
      ledger.inference(service, model);
    }
    if (waiting.length >= REQUEST_SPANS) await launch();
  }
  await launch();
  await Promise.all(underWay);
  if (progress.state === 'sending')
    progress.state = progress.sent < progress.total ? 'stopped' : 'done';
}
