import { at, DAY_MS, list } from './load';

const MINUTES = 24 * 60;
/** Whoever looks at the processor itself looks at hours: older days would only take time to fill. */
const KEPT_DAYS = 3;
/** Names that the dashboard of the processor asks for. The rest stand for the other series that a processor has. */
const COUNTERS = [
  'plumbline_requests_answered_total',
  'plumbline_rows_inserted_total',
  'plumbline_inferences_total',
  'plumbline_records_total',
  'plumbline_requests_refused_total',
  'plumbline_rows_dead_lettered_total',
  'plumbline_windows_computed_total',
  'plumbline_window_rows_total',
  'plumbline_inserts_failed_total',
  'plumbline_forward_sent_items_total',
  'plumbline_inferences_unpriced_total',
  ...Array.from({ length: 39 }, (_, index) => `plumbline_other_${index}_total`),
];
const GAUGES = [
  'plumbline_in_flight_bytes',
  'plumbline_forward_queue_bytes',
  'plumbline_engine_resident_bytes',
  'process_resident_memory_bytes',
  ...Array.from({ length: 16 }, (_, index) => `plumbline_other_${index}`),
];
const HISTOGRAMS = [
  'plumbline_request_duration_seconds',
  'plumbline_insert_duration_seconds',
  'plumbline_windows_duration_seconds',
];

/** One row a minute and name of one day, of one instance. */
const rows = (fromMs: number, names: readonly string[], table: string, columns: string) => {
  const began = `toDateTime(${at(fromMs)})`;
  return `INSERT INTO ${table} (ResourceAttributes, ServiceName, MetricName, Attributes, StartTimeUnix, TimeUnix, ${columns})
SELECT map('service.name', 'plumbline', 'service.instance.id', 'plumbline-0', 'service.version', '0.1.0'), 'plumbline',
  ${list(names)}[number % ${names.length} + 1], map('reason', 'bad'), ${began}, ${began} + toIntervalMinute(intDiv(number, ${names.length})), number, 1
FROM numbers(${names.length * MINUTES})`;
};

/** The processor's own metrics of the days before `nowMs`, as it stores them every minute. */
export const ownMetricRows = (nowMs: number): readonly string[] =>
  Array.from({ length: KEPT_DAYS }, (_, day) => nowMs - (day + 1) * DAY_MS).flatMap((dayMs) => [
    rows(dayMs, COUNTERS, 'otel_metrics_sum', 'Value, IsMonotonic'),
    rows(dayMs, GAUGES, 'otel_metrics_gauge', 'Value, Flags'),
    rows(dayMs, HISTOGRAMS, 'otel_metrics_histogram', 'Sum, Count'),
  ]);
