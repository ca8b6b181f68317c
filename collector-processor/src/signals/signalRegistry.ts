import { Gauge, Registry } from 'prom-client';
import {
  kindOf,
  SIGNAL_KINDS,
  SIGNAL_LABELS,
  SIGNAL_METRICS,
  type SignalMetric,
  type SignalPoints,
} from './signalPoints';

export interface SignalRegistry {
  /** Apart from the service's own metrics: those are stored again, and signals are in the store already. */
  readonly registry: Registry;
  /** Shows these points and no others. */
  show(points: SignalPoints): void;
}

/** The signals as Prometheus scrapes them. */
export function createSignalRegistry(): SignalRegistry {
  const registry = new Registry();
  const registers = [registry];
  const gaugeOf = (metric: SignalMetric): Gauge => {
    const labels: readonly string[] = SIGNAL_LABELS[kindOf(metric)];
    return new Gauge({
      name: `plumbline_${metric.replaceAll('.', '_')}`,
      help: SIGNAL_METRICS[metric],
      labelNames: metric.endsWith('.status') ? [...labels, 'status'] : labels,
      registers,
    });
  };
  const names = Object.keys(SIGNAL_METRICS) as SignalMetric[];
  const gauges = new Map(names.map((name) => [name, gaugeOf(name)]));
  const left = new Gauge({
    name: 'plumbline_signals_without_series',
    help: 'Signals that have no series of their own, because there are more than signals.maxPerKind.',
    labelNames: ['kind'],
    registers,
  });
  return {
    registry,
    show(shown) {
      for (const gauge of gauges.values()) gauge.reset();
      for (const { metric, labels, value } of shown.points) gauges.get(metric)!.set(labels, value);
      for (const kind of SIGNAL_KINDS) left.set({ kind }, shown.left[kind]);
    },
  };
}
