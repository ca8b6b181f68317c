import { join } from 'node:path';
import { z } from 'zod';
import { bytes, httpUrl, milliseconds, port, text, whole } from './fields';
import { section } from './section';

const GIB = 1024 * 1024 * 1024;

/** Someone besides the processor who may use the embedded engine, for example Grafana. */
const user = z.strictObject({
  name: text(128),
  password: text(),
  readOnly: z.boolean().default(true),
});

const embedded = section({
  port: port().default(8123),
  maxMemoryBytes: bytes().default(GIB),
  maxConcurrentQueries: whole(1, 64).default(8),
  users: z.array(user).default([]),
});

const retentionDays = () => whole(1, 36_500).nullable().default(null);

/** Nothing is deleted by default: these tables may be someone else's too, and a TTL that nobody set is data loss. */
const retention = section({
  otel_traces: retentionDays(),
  otel_logs: retentionDays(),
  otel_metrics_gauge: retentionDays(),
  otel_metrics_sum: retentionDays(),
  otel_metrics_histogram: retentionDays(),
  otel_metrics_exponential_histogram: retentionDays(),
  otel_metrics_summary: retentionDays(),
  ml_inferences: retentionDays(),
  ml_traffic_windows: retentionDays(),
  ml_feature_windows: retentionDays(),
  ml_drift: retentionDays(),
  ml_labels: retentionDays(),
  ml_feedback: retentionDays(),
  ml_explanations: retentionDays(),
  ml_evaluations: retentionDays(),
  ml_flags: retentionDays(),
  // What a point adds is its difference to an earlier one, so a day more is kept than is computed again.
  ml_metric_usage: whole(2, 36_500).nullable().default(null),
  ml_usage_windows: retentionDays(),
  ml_alert_events: retentionDays(),
  ml_audit: retentionDays(),
  ml_performance: retentionDays(),
  ml_model_events: retentionDays(),
  ml_quality: retentionDays(),
});

/** `storage`: ClickHouse, embedded unless `url` is set. */
export const storageConfig = section({
  url: httpUrl().nullable().default(null),
  path: text().default('./data'),
  embedded,
  database: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'must be a name of letters, digits and underscores')
    .default('default'),
  cluster: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,128}$/, 'must be the name of a cluster: letters, digits, _ . -')
    .nullable()
    .default(null),
  username: text(128).default('default'),
  password: z.string().default(''),
  flushAfterMs: milliseconds().default(200),
  flushRows: whole(1, 1_000_000).default(65_536),
  maxInsertMs: milliseconds(1000).default(30_000),
  deadLetter: section({
    path: text().nullable().default(null),
    maxBytes: bytes().default(GIB),
  }),
  retention,
})
  .superRefine(({ url, cluster }, context) => {
    if (cluster !== null && url === null) {
      context.addIssue({
        code: 'custom',
        path: ['cluster'],
        message: 'needs storage.url: the embedded engine stands alone',
      });
    }
  })
  .transform((storage) => ({
    ...storage,
    deadLetter: {
      ...storage.deadLetter,
      path: storage.deadLetter.path ?? join(storage.path, 'dead-letters'),
    },
  }));
