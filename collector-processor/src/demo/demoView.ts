import type { Comparison } from './compareSent';
import { isWhole } from './compareSent';
import { clockTime, wholeNumber } from './format';
import { totalOf } from './ledger';
import { brierSkill } from './models/servedModel';
import type { TrainedModel, SenderStatus } from './senderMessages';
import type { Reading } from './readings';
import { WINDOW_SECONDS } from './readings';
import { layOut, tableLines } from './table';

/** Where the processor of the demo listens: `clickhouse` is a URL, the others `host:port`. */
export interface DemoAddresses {
  readonly grpc: string;
  readonly http: string;
  readonly admin: string;
  readonly clickhouse: string;
}

const QUERY =
  'SELECT model, status, count() AS calls, sum(cost) AS cost FROM v_inferences GROUP BY ALL ORDER BY ALL FORMAT PrettyCompact';

/** The lines that stay: where everything is, and something to try. */
export function headerLines(addresses: DemoAddresses): string[] {
  return [
    `OTLP gRPC ${addresses.grpc}   OTLP HTTP http://${addresses.http}/v1/traces`,
    `ClickHouse ${addresses.clickhouse}   metrics http://${addresses.admin}/metrics`,
    `Try: curl ${addresses.clickhouse} --data-binary "${QUERY}"`,
  ];
}

const trainedText = ({ name, score }: TrainedModel): string =>
  `${name} (Brier skill ${brierSkill(score).toFixed(2)} on ${wholeNumber(score.rows)} held-out rows)`;

function historyText({ history, models }: SenderStatus): string {
  if (models.length === 0) return 'Training the models …';
  const trained = `Trained ${models.map(trainedText).join(', ')}`;
  if (history === undefined) return trained;
  const share = Math.floor((100 * history.sent) / Math.max(history.total, 1));
  const sent = `${wholeNumber(history.sent)} of ${wholeNumber(history.total)} (${share}%, ${history.state})`;
  return `${trained}\nPast predictions sent: ${sent}`;
}

/** Everything the terminal shows while the demo runs. */
export function screenLines(state: {
  readonly addresses: DemoAddresses;
  /** Where the Grafana app is shown. */
  readonly preview?: string;
  readonly elapsedMs: number;
  readonly status: SenderStatus;
  readonly reading: Reading;
  /** What the monitor found. */
  readonly findings: readonly string[];
  /** Why the store could not be read just now. */
  readonly trouble?: string;
}): string[] {
  const { addresses, preview, elapsedMs, status, reading, findings, trouble } = state;
  const seconds = Math.min(Math.max(elapsedMs / 1_000, 1), WINDOW_SECONDS);
  return [
    `Plumbline demo ${clockTime(elapsedMs)}   Ctrl-C stops`,
    ...headerLines(addresses),
    ...(preview === undefined
      ? []
      : [`Grafana app ${preview} (a preview without Grafana, ready soon after the first rows)`]),
    ...historyText(status).split('\n'),
    `Spans sent ${wholeNumber(totalOf(status.sent.spans))}, in the store ${wholeNumber(reading.spans)}`,
    ...(trouble === undefined ? [] : [`The store does not answer: ${trouble}`]),
    ...(findings.length === 0 ? [] : ['', ...findings]),
    '',
    `The last ${Math.round(seconds)} s:`,
    ...tableLines(reading.models, seconds),
  ];
}

/** The reckoning at the end: each row sent must have been found. */
export function comparisonLines(comparisons: readonly Comparison[]): string[] {
  if (comparisons.length === 0) return ['Nothing was sent.'];
  const rows = comparisons.map(({ what, of, sent, found }) => [
    what,
    of,
    wholeNumber(sent),
    wholeNumber(found),
    sent === found ? 'ok' : `${found > sent ? '+' : ''}${wholeNumber(found - sent)}`,
  ]);
  const verdict = isWhole(comparisons)
    ? 'Every row sent was found.'
    : 'Not every row sent was found, or some were found twice.';
  return [...layOut([['', 'of', 'sent', 'found', 'difference'], ...rows], 2), verdict];
}
