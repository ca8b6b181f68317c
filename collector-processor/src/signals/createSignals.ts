import type { Registry } from 'prom-client';
import type { Clock } from '../core/clock';
import type { Component } from '../core/component';
import { messageOf } from '../core/errors';
import type { SpanSignals } from '../core/spanSignal';
import { type ReadRows, readSignals, type ReadSettings } from './readSignals';
import { type SignalPoint, signalPoints } from './signalPoints';
import { createSignalRegistry } from './signalRegistry';
import type { SignalRows } from './signalRows';
import { SpanSignalCache } from './spanSignalCache';

export interface SignalsParts {
  readonly read: ReadRows;
  readonly clock: Clock;
  readonly events: { jobFailed(failure: { job: string; reason: string }): void };
}

export interface SignalsSettings extends ReadSettings {
  /** Pause between two looks at the store, milliseconds. */
  readonly everyMs: number;
  /** Signals that were read longer ago are told to nobody, milliseconds. */
  readonly maxAgeMs: number;
  /** Whether spans are told the drift of their model. */
  readonly onSpans: boolean;
}

/** The latest signals of all models, read from the store again and again. */
export interface Signals extends Component {
  /** For the spans that follow. */
  readonly spans: SpanSignals;
  /** For Prometheus. */
  readonly registry: Registry;
  /** Seconds since the signals were read; NaN before that. */
  readonly ageSeconds: number;
  /** Models whose spans are told a status. */
  readonly models: number;
  /** For OTLP: empty when the signals are too old. */
  readonly points: () => readonly SignalPoint[];
  /** One look, beside the schedule. */
  refresh(): Promise<void>;
}

const NOTHING: SignalRows = {
  drift: { rows: [], total: 0 },
  quality: { rows: [], total: 0 },
  performance: { rows: [], total: 0 },
};

export function createSignals(
  { read, clock, events }: SignalsParts,
  settings: SignalsSettings,
): Signals {
  const cache = new SpanSignalCache();
  const shown = createSignalRegistry();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let readAtMs = NaN;
  let points: readonly SignalPoint[] = [];

  const tell = (rows: SignalRows): void => {
    const told = signalPoints(rows, settings.maxPerKind);
    points = told.points;
    shown.show(told);
    const models = rows.drift.rows.filter(({ feature }) => feature === '');
    cache.replace(settings.onSpans ? models : []);
  };
  const look = async (): Promise<void> => {
    try {
      tell(await readSignals(read, settings));
      readAtMs = clock();
    } catch (error) {
      if (!stopped) events.jobFailed({ job: 'signals', reason: messageOf(error) });
      // Decided here, so that the hot path needs no clock.
      if (!(clock() - readAtMs <= settings.maxAgeMs)) tell(NOTHING);
    }
  };
  const refresh = (): Promise<void> => {
    running = running.then(() => (stopped ? undefined : look()));
    return running;
  };
  const schedule = (delayMs: number): void => {
    timer = setTimeout(() => {
      void refresh().then(() => {
        if (!stopped) schedule(settings.everyMs);
      });
    }, delayMs);
  };
  return {
    spans: cache,
    registry: shown.registry,
    get ageSeconds() {
      return (clock() - readAtMs) / 1000;
    },
    get models() {
      return cache.size;
    },
    points: () => points,
    refresh,
    start() {
      schedule(0);
      return Promise.resolve();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
