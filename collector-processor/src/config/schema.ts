import { z } from 'zod';
import { apiConfig } from './apiConfig';
import { httpUrl, milliseconds, text, whole } from './fields';
import { forwardConfig } from './forwardConfig';
import { receiveConfig } from './receiveConfig';
import { redactConfig } from './redactConfig';
import { section } from './section';
import { storageConfig } from './storageConfig';

/** `prices`: what a token costs, beyond the built-in price book. */
const pricesConfig = section({
  overrideFile: text().nullable().default(null),
});

/** `monitor`: the jobs that turn rows into windows. */
const monitorConfig = section({
  enabled: z.boolean().default(true),
  everyMs: milliseconds(100).default(5000),
  /** Width of a feature window; hours are whole numbers of them. */
  windowMinutes: whole(1, 60)
    .refine((minutes) => 60 % minutes === 0, 'must divide 60')
    .default(5),
  baseline: section({
    auto: z.boolean().default(true),
    days: whole(1, 365).default(7),
    minRows: whole(100, 1_000_000).default(1_000),
    segments: whole(0, 100).default(10),
  }),
  latenessHours: whole(1, 24 * 366).default(24 * 35),
  grossEffect: z.number().positive('must be more than 0').default(1),
  effectFloor: z.number().min(0, 'must be 0 or more').default(0.1),
  falseAlarmsPerModelPerYear: z.number().positive('must be more than 0').default(1),
});

/** `signals`: the latest of what the monitor found, on `/metrics`, downstream and on spans. */
const signalsConfig = section({
  enabled: z.boolean().default(true),
  everyMs: milliseconds(1000).default(15_000),
  maxAgeMs: milliseconds(1000).default(600_000),
  lookbackHours: whole(1, 24 * 35).default(24),
  maxPerKind: whole(1, 20_000).default(1_000),
  onSpans: z.boolean().default(true),
});

/** `telemetry`: what the service says about itself. */
const telemetryConfig = section({
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  endpoint: httpUrl().nullable().default(null),
  headers: z.record(text(128), z.string()).default({}),
  intervalMs: milliseconds(1000).default(15_000),
  storeEveryMs: milliseconds(1000).nullable().default(60_000),
  serviceInstanceId: text(256).nullable().default(null),
});

/** The whole configuration file. Each key has its default beside it; `config.example.yaml` shows them all. */
export const configSchema = section({
  receive: receiveConfig,
  storage: storageConfig,
  forward: forwardConfig,
  prices: pricesConfig,
  redact: redactConfig,
  monitor: monitorConfig,
  signals: signalsConfig,
  telemetry: telemetryConfig,
  api: apiConfig,
});

/** Values that no message may show, by the start of their path. */
export const SECRETS = [
  'receive.tokens',
  'api.tokens',
  'api.grafana.token',
  'redact.hashKey',
  'storage.password',
  'forward.headers',
  'storage.embedded.users',
  'telemetry.headers',
] as const;
