import { CREDIT } from './goldenDrift';
import type { BrowserTest, MoreTelemetry } from './startBrowserTest';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KEY = CREDIT;
/** Rows with a text feature that is empty. */
export const EMPTY_ROWS = 7;

const at = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

const emptyCountry = (n: number, nowMs: number) => ({
  traceId: (0xe000 + n).toString(16).padStart(32, '0'),
  spanId: (0xe000 + n).toString(16).padStart(16, '0'),
  name: 'score',
  kind: 3,
  startTimeUnixNano: `${nowMs - (20 + n) * MINUTE}000000`,
  endTimeUnixNano: `${nowMs - (20 + n) * MINUTE + 12}000000`,
  attributes: [
    text('ml.model.name', KEY.model),
    text('ml.model.version', KEY.version),
    text('ml.model.type', 'binary'),
    text('ml.prediction.id', `empty-${n}`),
    text('ml.feature.country', ''),
    { key: 'ml.prediction.score', value: { doubleValue: 0.4 } },
  ],
});

/** Sent with the golden telemetry: what comes later for hours that were worked up already waits for long. */
export const emptyCountries: MoreTelemetry = (nowMs: number) => ({
  resourceSpans: [
    {
      resource: {
        attributes: [
          text('service.name', 'payments'),
          text('deployment.environment.name', KEY.environment),
        ],
      },
      scopeSpans: [{ spans: Array.from({ length: EMPTY_ROWS }, (_, n) => emptyCountry(n, nowMs)) }],
    },
  ],
});

/** What the golden telemetry does not tell: a change of stage, a silent change, an alert. */
export async function addFindings({ client }: BrowserTest): Promise<void> {
  const nowMs = Date.now();
  const event = (event_id: string, name: string, hoursAgo: number, words: string) => ({
    ...{ ...KEY, event_id, event: name, text: words, actor: 'ann' },
    time: at(nowMs - hoursAgo * HOUR),
  });
  await client.insert({
    table: 'ml_model_events',
    format: 'JSONEachRow',
    values: [
      event('golden-1', 'stage_changed', 9, 'staging → production: passed the shadow run'),
      event('golden-2', 'silent_change', 5, 'answers are half as long as before'),
    ],
  });
  const firing = {
    event_id: 'golden-3',
    rule_uid: 'golden',
    rule: 'Drift of a feature',
    state: 'firing',
  };
  const since = at(nowMs - 4 * HOUR);
  await client.insert({
    table: 'ml_alert_events',
    format: 'JSONEachRow',
    values: [{ ...KEY, ...firing, time: since, starts_at: since }],
  });
}
