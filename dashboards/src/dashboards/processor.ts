import {
  counterRates,
  gauges,
  histogramMeans,
  processorTotals,
  reasonCounts,
} from '@plumbline/schemas/queries';
import type { DashboardSpec } from '../parts/dashboard';
import { stat } from '../parts/stat';
import { timeSeries } from '../parts/timeSeries';

const EVERYWHERE = {};

const rates = (title: string, unit: string, metrics: readonly string[]) =>
  timeSeries({ title, sql: counterRates(EVERYWHERE, metrics), unit, by: ['metric'], min: 0 });

const reasons = (title: string, description: string, metrics: readonly string[]) =>
  timeSeries({
    title,
    description,
    sql: reasonCounts(EVERYWHERE, metrics),
    unit: 'short',
    by: ['metric', 'reason'],
    stacked: true,
    min: 0,
  });

const standing = (title: string, unit: string, metrics: readonly string[]) =>
  timeSeries({ title, sql: gauges(EVERYWHERE, metrics), unit, by: ['metric', 'instance'], min: 0 });

export const PROCESSOR: DashboardSpec = {
  uid: 'plumbline-processor',
  title: 'Plumbline itself',
  description:
    'What the processor takes in, refuses, writes and lags behind. It stores its own metrics every minute.',
  from: 'now-6h',
  variables: [],
  panels: [
    stat({
      title: 'Instances',
      sql: processorTotals(EVERYWHERE),
      fields: { instances: ['Instances', 'short'], silent_s: ['Silent for', 's'] },
    }),
    rates('Requests answered', 'reqps', ['plumbline_requests_answered_total']),
    rates('Rows written', 'short', [
      'plumbline_rows_inserted_total',
      'plumbline_inferences_total',
      'plumbline_records_total',
    ]),
    reasons(
      'Refused requests by reason',
      'The sender was told, and sends again unless the request itself is bad.',
      ['plumbline_requests_refused_total', 'plumbline_tenant_limited_total'],
    ),
    reasons(
      'Rows set aside or dropped by reason',
      'Dead-lettered rows are kept; dropped ones are not.',
      ['plumbline_rows_dead_lettered_total', 'plumbline_rows_dropped_total'],
    ),
    standing('Bytes under way', 'bytes', [
      'plumbline_in_flight_bytes',
      'plumbline_forward_queue_bytes',
    ]),
    standing('Requests that wait', 'short', [
      'plumbline_engine_waiting_requests',
      'plumbline_forward_queue_requests',
    ]),
    timeSeries({
      title: 'Duration of requests and inserts',
      description: 'Means.',
      sql: histogramMeans(EVERYWHERE, [
        'plumbline_request_duration_seconds',
        'plumbline_insert_duration_seconds',
      ]),
      unit: 's',
      by: ['histogram'],
      min: 0,
    }),
    timeSeries({
      title: 'Duration of the monitor’s passes',
      description: 'Means. Windows lag behind by this much and the watermark.',
      sql: histogramMeans(EVERYWHERE, ['plumbline_windows_duration_seconds']),
      unit: 's',
      by: ['histogram'],
      min: 0,
    }),
    rates('Windows computed', 'short', [
      'plumbline_windows_computed_total',
      'plumbline_window_rows_total',
    ]),
    rates('Failures', 'short', [
      'plumbline_inserts_failed_total',
      'plumbline_jobs_failed_total',
      'plumbline_store_opens_failed_total',
      'plumbline_telemetry_exports_failed_total',
      'plumbline_api_failures_total',
    ]),
    rates('Forwarded', 'short', [
      'plumbline_forward_sent_items_total',
      'plumbline_forward_rejected_items_total',
    ]),
    reasons('Not forwarded by reason', 'The store has them: only the copy is lost.', [
      'plumbline_forward_dropped_items_total',
    ]),
    standing('Memory', 'bytes', [
      'plumbline_engine_resident_bytes',
      'process_resident_memory_bytes',
    ]),
    rates('Calls without a price', 'short', ['plumbline_inferences_unpriced_total']),
  ],
};
