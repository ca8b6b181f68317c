import type { ClickHouseClient } from '@clickhouse/client';
import { clusterOf } from './clusterOf';
import type { Config } from './config/config';
import { configuredContracts } from './configuredContracts';
import { configuredPrices } from './configuredPrices';
import { systemClock } from './core/clock';
import { type Component, inOrder } from './core/component';
import { heldBack } from './core/heldBack';
import { createLatePricer, type LatePricer } from './enrich/price/latePricer';
import { createPricer } from './enrich/price/pricer';
import { selectPrices } from './enrich/price/selectPrices';
import { createFlow, type FlowParts } from './flow';
import { createDriftJob, DRIFT_JOB_DEFAULTS } from './monitor/drift/driftJob';
import { createQualityJob, QUALITY_JOB_DEFAULTS } from './monitor/quality/qualityJob';
import { createWindowJob } from './monitor/windowJob';
import { WINDOW_JOB_DEFAULTS } from './monitor/windowJobSettings';
import type { Registry } from 'prom-client';
import { createSignals, type Signals } from './signals/createSignals';
import type { Storage } from './storage';
import { createStoreGate, STORE_GATE_DEFAULTS, type StoreGate } from './storeGate';
import { createStoreClient } from './store/client';
import { isMisconfigured } from './store/errorClass';
import { openStore, StoreRefusal } from './store/openStore';
import { createOwnMetrics } from './telemetry/ownMetrics';
import type { Telemetry } from './telemetry/telemetry';

/** Everything that needs the store's URL, its schema and its prices. */
export interface Processor extends Component {
  /** Where it receives; undefined before the start. */
  readonly addresses: { readonly grpc: string; readonly http: string } | undefined;
  /** The store as its own parts use it; undefined while there is none. */
  readonly store: ClickHouseClient | undefined;
  /** The signals for `/metrics`; undefined while there are none. */
  readonly signals: Registry | undefined;
  /** Why it cannot take data now; undefined when it can. */
  problem(): Promise<string | undefined>;
}

export interface ProcessorParts {
  readonly storage: Storage;
  readonly telemetry: Telemetry;
  readonly version: string;
  /** The monitor begins when it resolves; absent: at once. */
  readonly monitorFrom?: Promise<unknown>;
}

export function createProcessor(
  { storage, telemetry, version, monitorFrom = Promise.resolve() }: ProcessorParts,
  config: Config,
): Processor {
  let client: ClickHouseClient | undefined;
  let flow: ReturnType<typeof createFlow> | undefined;
  let gate: StoreGate | undefined;
  let signals: Signals | undefined;
  let running: Component | undefined;
  return {
    async start() {
      const store = createStoreClient(storage.connection());
      client = store;
      const prices = await configuredPrices(config.prices.overrideFile);
      const contracts = await configuredContracts(config.quality.contracts);
      const pricer = createLatePricer();
      signals = signalsOf(config, store, telemetry);
      gate = createStoreGate(
        {
          open: openingOf({ client: store, prices, pricer, telemetry }, config),
          isFinal: (error) => error instanceof StoreRefusal || isMisconfigured(error),
          needsStore: inOrder([
            ...monitorOf(config, { client: store, pricer, contracts, telemetry }).map((job) =>
              heldBack(job, monitorFrom),
            ),
            ...(signals === undefined ? [] : [signals]),
          ]),
          events: telemetry.events,
        },
        STORE_GATE_DEFAULTS,
      );
      flow = createFlow({ client: store, pricer, contracts, gate, telemetry, signals }, config);
      running = inOrder([
        ...ownMetricsOf(config, flow, telemetry, version),
        flow.grpc,
        flow.http,
        ...flow.writers,
        gate,
      ]);
      await running.start();
    },
    async stop(deadline) {
      await running?.stop(deadline);
      await client?.close();
      running = client = undefined;
    },
    async problem() {
      if (running === undefined || client === undefined) return 'not started';
      if (gate?.problem !== undefined) return gate.problem;
      const pong = await client.ping({ select: true });
      return pong.success ? undefined : pong.error.message;
    },
    get store() {
      return client;
    },
    get signals() {
      return signals?.registry;
    },
    get addresses() {
      return flow && { grpc: flow.grpc.address, http: flow.http.address };
    },
  };
}

/** The service's own metrics in its own store. */
function ownMetricsOf(
  { telemetry: { storeEveryMs } }: Config,
  { storeOwnMetrics }: ReturnType<typeof createFlow>,
  { registry, events, instance }: Telemetry,
  version: string,
): Component[] {
  if (storeEveryMs === null) return [];
  const parts = {
    registry,
    clock: systemClock,
    store: storeOwnMetrics,
    failed: events.telemetryExportFailed,
  };
  return [createOwnMetrics(parts, { everyMs: storeEveryMs, instance, version })];
}

interface OpeningParts {
  readonly client: ClickHouseClient;
  readonly prices: Awaited<ReturnType<typeof configuredPrices>>;
  readonly pricer: LatePricer;
  readonly telemetry: Telemetry;
}

/** Makes the store ready and gives the pricer its prices. */
const openingOf =
  ({ client, prices, pricer, telemetry }: OpeningParts, config: Config) =>
  async (): Promise<void> => {
    const { events } = telemetry;
    const parts = { client, prices: prices.rows, events, cluster: clusterOf(config) };
    const stored = await openStore(parts, config.storage.retention);
    // What an operator added with SQL counts too; rows of older books and contracts are there for repricing only.
    const priced = createPricer(selectPrices(stored, prices.version).rows);
    for (const problem of priced.problems) events.priceRefused({ reason: problem });
    pricer.use(priced);
  };

/** The jobs beside the hot path; none when another replica is to do them all. */
function monitorOf(
  { monitor, storage, quality }: Config,
  { client, pricer, contracts, telemetry: { events } }: Omit<FlowParts, 'gate' | 'signals'>,
): Component[] {
  if (!monitor.enabled) return [];
  const usageDays = storage.retention.ml_metric_usage;
  const settings = {
    ...WINDOW_JOB_DEFAULTS,
    windowMinutes: monitor.windowMinutes,
    baseline: monitor.baseline,
    everyMs: monitor.everyMs,
    maxShare: monitor.maxShare,
    latenessMs: monitor.latenessHours * 3_600_000,
    settleMs: storage.maxInsertMs,
    rawRetentionDays: storage.retention.ml_inferences,
    usageRetentionDays: usageDays === null ? null : usageDays - 1,
  };
  const { grossEffect, effectFloor, falseAlarmsPerModelPerYear, everyMs } = monitor;
  const { latenessMs, settleMs, graceMs } = settings;
  const wanted = {
    ...{ everyMs, latenessMs, grossEffect, effectFloor, falseAlarmsPerModelPerYear },
    watermarkMs: settleMs + graceMs,
  };
  const { brokenShare, outlierScale, volumeFloor } = quality;
  const ofQuality = { brokenShare, outlierScale, volumeFloor, contracts };
  const deciding = [
    createDriftJob({ client, events }, { ...DRIFT_JOB_DEFAULTS, ...wanted }),
    ...(quality.enabled
      ? [createQualityJob({ client, events }, { ...QUALITY_JOB_DEFAULTS, ...wanted, ...ofQuality })]
      : []),
  ];
  const onFeatureWindows = (): void => {
    for (const job of deciding) job.wake();
  };
  return [createWindowJob({ client, pricer, events, onFeatureWindows }, settings), ...deciding];
}

const SIGNALS_SECONDS = 30;

/** The latest signals; none where nobody is to be told. */
function signalsOf(
  { signals: { enabled, ...settings } }: Config,
  client: ClickHouseClient,
  { events, gauge }: Telemetry,
): Signals | undefined {
  if (!enabled) return undefined;
  const read = async <Row>(query: string): Promise<Row[]> => {
    const answer = await client.query({
      query,
      format: 'JSONEachRow',
      clickhouse_settings: {
        max_execution_time: SIGNALS_SECONDS,
        max_threads: 1,
        do_not_merge_across_partitions_select_final: 1,
        output_format_json_quote_64bit_integers: 0,
      },
    });
    return answer.json<Row>();
  };
  const signals = createSignals({ read, clock: systemClock, events }, settings);
  gauge(
    'plumbline_signals_age_seconds',
    'Time since the signals were read from the store.',
    () => signals.ageSeconds,
  );
  gauge(
    'plumbline_signals_models',
    'Models whose spans are told a drift status.',
    () => signals.models,
  );
  return signals;
}
