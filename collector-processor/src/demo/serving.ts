import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../core/clock';
import { messageOf } from '../core/errors';
import { RandomIdGenerator } from '@opentelemetry/sdk-trace-node';
import type { Exporters } from './exporters';
import { createExporters } from './exporters';
import { type Faults, NO_FAULTS, plantFaults } from './faults';
import type { Ledger } from './ledger';
import { createLedger } from './ledger';
import type { ServedModel } from './models/servedModel';
import type { Pacer } from './pacer';
import { createPacer } from './pacer';
import { createPastCalls } from './pastCalls';
import { createPastPredictions } from './pastPredictions';
import { createPastTraffic } from './pastTraffic';
import { createPredictionService } from './predictionService';
import { createRandom } from './random';
import type { SenderSettings, SenderStatus } from './senderMessages';
import type { HistoryProgress } from './sendHistory';
import { sendHistory } from './sendHistory';
import { createSupportAssistant } from './supportAssistant';
import type { TracedService } from './tracedService';
import { createTracedService } from './tracedService';

/** Requests, or conversations of two to five spans of model calls, a second. */
const RATES = { predictions: 10, conversations: 4 };
const ASSISTANT = { service: 'support-assistant', version: '3.2.0', team: 'support' };
const SEEDS = { predictions: 100, conversations: 1, history: 2 };
/** Live traffic is seen first; only then the past takes what the machine has. */
const HISTORY_DELAY_MS = 2_000;

export interface ServingParts {
  readonly clock: Clock;
  readonly models: readonly ServedModel[];
  /** What went wrong with exports; told with the status. */
  readonly problems: string[];
}

/** Everything that sends, running. */
export interface Serving {
  status(): SenderStatus;
  /** Stops new traffic, waits for the history under way and flushes all services. */
  stop(): Promise<void>;
}

function pastOf(
  models: readonly ServedModel[],
  { historyDays, run }: SenderSettings,
  { untilMs, faults }: { readonly untilMs: number; readonly faults: Faults },
) {
  const random = createRandom(SEEDS.history);
  const ids = new RandomIdGenerator();
  const predictions = models.map((model) =>
    createPastPredictions({ model, random, ids, told: faults.told }, run),
  );
  const calls = createPastCalls({ random, ids, mini: faults.mini }, { ...ASSISTANT, run });
  return createPastTraffic([...predictions, calls], { days: historyDays, untilMs });
}

interface LiveParts extends Pick<ServingParts, 'clock' | 'models'> {
  readonly exporters: Exporters;
  readonly ledger: Ledger;
  readonly faults: Faults;
}

/** Starts the assistant and serves the models. */
function startLive({ clock, models, exporters, ledger, faults }: LiveParts, run: string) {
  const pacers: Pacer[] = [];
  const pace = (act: (nowMs: number) => void, perSecond: number, seed: number): void => {
    pacers.push(createPacer(act, { clock, random: createRandom(seed) }, perSecond));
  };
  const traced = (
    named: Pick<ServedModel, 'service' | 'version' | 'team'>,
    by: keyof Exporters,
  ) => {
    const { service, version, team } = named;
    const identity = { service, version, team, run };
    return createTracedService({ exporter: exporters[by], ledger }, identity);
  };

  const assistant = traced(ASSISTANT, 'json');
  const services: TracedService[] = [assistant];
  const random = createRandom(SEEDS.conversations);
  const converse = createSupportAssistant({
    ...{ service: assistant, ledger, random },
    mini: faults.mini,
  });
  pace(converse, RATES.conversations, SEEDS.conversations);

  models.forEach((model, index) => {
    const service = traced(model, index === 0 ? 'grpc' : 'protobuf');
    services.push(service);
    const seed = SEEDS.predictions + index;
    const draws = createRandom(seed);
    const serve = createPredictionService({
      ...{ model, service, ledger, random: draws },
      told: faults.told,
    });
    pace(serve, RATES.predictions, seed);
  });
  return { pacers, services };
}

/** Starts what serves live, and soon sends its past beside it. */
export function startServing(parts: ServingParts, settings: SenderSettings): Serving {
  const { clock, models, problems } = parts;
  // Without a past there is nothing that the present could differ from.
  const faults = settings.quiet || settings.historyDays === 0 ? NO_FAULTS : plantFaults(clock());
  const exporters = createExporters(settings.addresses);
  const ledger = createLedger();
  const live = startLive({ clock, models, exporters, ledger, faults }, settings.run);
  const stopping = new AbortController();
  const progress: { history?: HistoryProgress } = {};
  const sendPast = async (): Promise<void> => {
    if (settings.historyDays === 0) return;
    const traffic = pastOf(models, settings, { untilMs: clock(), faults });
    progress.history = { sent: 0, total: traffic.total, state: 'sending' };
    const exporter = exporters.history;
    await sendHistory({ traffic, exporter, ledger, progress: progress.history }, stopping.signal);
  };
  const past = delay(HISTORY_DELAY_MS, undefined, { signal: stopping.signal }).then(
    sendPast,
    () => undefined,
  );
  return {
    status: () => ({
      sent: ledger.counts(),
      ...progress,
      planted: faults.planted,
      models: models.map(({ name, score }) => ({ name, score })),
      problems: [...problems],
    }),
    async stop() {
      for (const pacer of live.pacers) pacer.stop();
      stopping.abort();
      await past;
      // A flush that fails is not the end: what is missing shows when the store is asked.
      const flushes = live.services.map(async (service) => {
        await service
          .shutdown()
          .catch((error: unknown) => problems.push(`${service.name}: ${messageOf(error)}`));
      });
      await Promise.all(flushes);
      await exporters.history.shutdown();
    },
  };
}
