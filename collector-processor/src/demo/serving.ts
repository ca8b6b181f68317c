import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../core/clock';
import { messageOf } from '../core/errors';
import type { Exporters } from './exporters';
import { createExporters } from './exporters';
import type { Ledger } from './ledger';
import { createLedger } from './ledger';
import type { ServedModel } from './models/servedModel';
import type { Pacer } from './pacer';
import { createPacer } from './pacer';
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

const pastOf = (models: readonly ServedModel[], settings: SenderSettings, untilMs: number) =>
  createPastTraffic(
    { models, random: createRandom(SEEDS.history) },
    { days: settings.historyDays, untilMs, run: settings.run },
  );

/** Starts the assistant and serves the models, and soon sends their past beside it. */
export function startServing(parts: ServingParts, settings: SenderSettings): Serving {
  const { clock, models, problems } = parts;
  const exporters = createExporters(settings.addresses);
  const ledger: Ledger = createLedger();
  const pacers: Pacer[] = [];
  const pace = (act: (nowMs: number) => void, perSecond: number, seed: number): void => {
    pacers.push(createPacer(act, { clock, random: createRandom(seed) }, perSecond));
  };
  const traced = (
    named: Pick<ServedModel, 'service' | 'version' | 'team'>,
    by: keyof Exporters,
  ) => {
    const { service, version, team } = named;
    const identity = { service, version, team, run: settings.run };
    return createTracedService({ exporter: exporters[by], ledger }, identity);
  };

  const assistant = traced(ASSISTANT, 'json');
  const services: TracedService[] = [assistant];
  const random = createRandom(SEEDS.conversations);
  const converse = createSupportAssistant({ service: assistant, ledger, random });
  pace(converse, RATES.conversations, SEEDS.conversations);

  models.forEach((model, index) => {
    const service = traced(model, index === 0 ? 'grpc' : 'protobuf');
    services.push(service);
    const seed = SEEDS.predictions + index;
    const draws = createRandom(seed);
    const serve = createPredictionService({ model, service, ledger, random: draws });
    pace(serve, RATES.predictions, seed);
  });

  const stopping = new AbortController();
  const progress: { history?: HistoryProgress } = {};
  const sendPast = async (): Promise<void> => {
    if (settings.historyDays === 0) return;
    const traffic = pastOf(models, settings, clock());
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
      models: models.map(({ name, score }) => ({ name, score })),
      problems: [...problems],
    }),
    async stop() {
      for (const pacer of pacers) pacer.stop();
      stopping.abort();
      await past;
      // A flush that fails is not the end: what is missing shows when the store is asked.
      const flushes = services.map(async (service) => {
        await service
          .shutdown()
          .catch((error: unknown) => problems.push(`${service.name}: ${messageOf(error)}`));
      });
      await Promise.all(flushes);
      await exporters.history.shutdown();
    },
  };
}
