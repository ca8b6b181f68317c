import { DiagLogLevel, diag } from '@opentelemetry/api';
import { systemClock } from '../core/clock';
import type { FromSenders, ToSenders } from './senderMessages';
import { trainFlightDelays } from './models/flightDelays';
import { trainSeattleWeather } from './models/seattleWeather';
import { problemText } from './problemText';
import type { Serving } from './serving';
import { startServing } from './serving';

/**
 * The process of the demo's services: apart from the processor, so that their telemetry crosses a real network
 * connection and their work does not take the processor's thread. It trains the models first; its
 * parent tells it when to serve and when to stop.
 */
const STATUS_EVERY_MS = 500;
/** More of the same says nothing new. */
const PROBLEMS_KEPT = 10;

const tell = (message: FromSenders): void => {
  process.send?.(message);
};

const problems: string[] = [];
const ignore = (): void => undefined;
diag.setLogger(
  {
    error: (message) => {
      if (problems.length < PROBLEMS_KEPT) problems.push(problemText(message));
    },
    warn: ignore,
    info: ignore,
    debug: ignore,
    verbose: ignore,
  },
  DiagLogLevel.ERROR,
);

const models = [trainFlightDelays(), trainSeattleWeather(systemClock())];
let serving: Serving | undefined;
let ticker: NodeJS.Timeout | undefined;

async function stop(): Promise<void> {
  clearInterval(ticker);
  const running = serving;
  serving = undefined;
  if (running === undefined) return;
  await running.stop();
  if (process.connected) tell({ kind: 'stopped', status: running.status() });
}

process.on('message', (message: ToSenders) => {
  if (message.kind === 'serve') {
    const running = startServing({ clock: systemClock, models, problems }, message.settings);
    serving = running;
    ticker = setInterval(() => {
      tell({ kind: 'status', status: running.status() });
    }, STATUS_EVERY_MS);
    return;
  }
  void stop().then(() => {
    process.disconnect();
  });
});
// Ctrl-C reaches the whole process group; the parent decides the order in which things stop.
process.on('SIGINT', () => undefined);
// The parent is gone: nobody is left to send to.
process.on('disconnect', () => {
  process.exit(0);
});
