import { type Inference, TOKEN_BUCKETS } from '../core/inference';
import type { ByteBuffer } from './native/byteBuffer';
import {
  NullableColumn,
  PlainColumn,
  writeByte,
  writeFloat64,
  writeInteger,
} from './native/columns';
import { LowCardinalityColumn } from './native/lowCardinality';
import { type Column, nativeBlock } from './native/nativeBlock';
import { ArrayColumn, Offsets, TextKeyMapColumn } from './native/nested';

/** Columns that hold one of an inference's texts as it is. */
const TEXTS = {
  tenant: 'tenant',
  environment: 'environment',
  model: 'model',
  version: 'version',
  service: 'service',
  team: 'team',
  route: 'route',
  convention: 'convention',
  operation: 'operation',
  model_type: 'modelType',
  provider: 'provider',
  data_source: 'dataSource',
  error_type: 'errorType',
  prediction_label: 'predictionLabel',
  finish_reason: 'finishReason',
  system_fingerprint: 'systemFingerprint',
  token_rule: 'tokenRule',
  service_tier: 'serviceTier',
  reported_currency: 'reportedCurrency',
  reported_source: 'reportedSource',
  currency: 'currency',
  cost_status: 'costStatus',
  price_version: 'priceVersion',
  price_rule: 'priceRule',
} as const satisfies Record<string, keyof Inference>;

const DECIMAL = 'Decimal(18, 9)';

/** Rows of `ml_inferences`; unknown numbers (NaN) become NULL or stay out of their map. */
export class InferenceColumns {
  rows = 0;
  private markedRows = 0;
  private readonly texts = Object.entries(TEXTS).map(
    ([name, field]) => [name, new LowCardinalityColumn(), field] as const,
  );
  private readonly time = new PlainColumn('DateTime64(3)');
  private readonly receivedAt = new PlainColumn('DateTime64(3)');
  private readonly rowVersion = new PlainColumn('UInt64');
  private readonly inferenceId = new PlainColumn('String', 65_536);
  private readonly traceId = new PlainColumn('String', 65_536);
  private readonly spanId = new PlainColumn('String', 65_536);
  private readonly parentSpanId = new PlainColumn('String', 65_536);
  private readonly responseId = new PlainColumn('String');
  private readonly status = new LowCardinalityColumn();
  private readonly latencyMs = new NullableColumn('Float64', writeFloat64);
  private readonly ttftMs = new NullableColumn('Float64', writeFloat64);
  private readonly predictionValue = new NullableColumn('Float64', writeFloat64);
  private readonly score = new NullableColumn('Float64', writeFloat64);
  private readonly probabilities = new TextKeyMapColumn('Float64');
  private readonly featureNumbers = new TextKeyMapColumn('Float64');
  private readonly featureTexts = new TextKeyMapColumn('String');
  private readonly segments = new TextKeyMapColumn('String');
  private readonly refusal = new NullableColumn('UInt8', writeByte);
  private readonly outputChars = new NullableColumn('UInt64', writeInteger);
  private readonly versionAssumed = new PlainColumn('UInt8');
  private readonly tokens = new TextKeyMapColumn('UInt64');
  private readonly inputTokensHigh = new NullableColumn('UInt64', writeInteger);
  private readonly reportedCost = new NullableColumn('Float64', writeFloat64);
  private readonly cost = new NullableColumn(DECIMAL, writeInteger);
  private readonly costLow = new NullableColumn(DECIMAL, writeInteger);
  private readonly costHigh = new NullableColumn(DECIMAL, writeInteger);
  private readonly costs = new TextKeyMapColumn(DECIMAL);
  private readonly rollup = new PlainColumn('UInt8');
  private readonly clockSkew = new PlainColumn('UInt8');
  private readonly sampleWeight = new PlainColumn('Float64');
  private readonly sampleUnknown = new PlainColumn('UInt8');
  private readonly violationOffsets = new Offsets();
  private readonly violations = new ArrayColumn(new LowCardinalityColumn(), this.violationOffsets);

  private readonly columns: readonly (readonly [string, Column])[] = [
    ...this.texts.map(([name, column]) => [name, column] as const),
    ['time', this.time],
    ['received_at', this.receivedAt],
    ['row_version', this.rowVersion],
    ['inference_id', this.inferenceId],
    ['trace_id', this.traceId],
    ['span_id', this.spanId],
    ['parent_span_id', this.parentSpanId],
    ['response_id', this.responseId],
    ['status', this.status],
    ['latency_ms', this.latencyMs],
    ['ttft_ms', this.ttftMs],
    ['prediction_value', this.predictionValue],
    ['score', this.score],
    ['probabilities', this.probabilities],
    ['feature_numbers', this.featureNumbers],
    ['feature_texts', this.featureTexts],
    ['segments', this.segments],
    ['refusal', this.refusal],
    ['output_chars', this.outputChars],
    ['version_assumed', this.versionAssumed],
    ['tokens', this.tokens],
    ['input_tokens_high', this.inputTokensHigh],
    ['reported_cost', this.reportedCost],
    ['cost', this.cost],
    ['cost_low', this.costLow],
    ['cost_high', this.costHigh],
    ['costs', this.costs],
    ['rollup', this.rollup],
    ['clock_skew', this.clockSkew],
    ['sample_weight', this.sampleWeight],
    ['sample_unknown', this.sampleUnknown],
    ['violations', this.violations],
  ];

  push(inference: Inference): void {
    for (const [, column, field] of this.texts) column.pushText(inference[field]);
    this.pushIdentity(inference);
    this.status.pushText(inference.error ? 'error' : 'ok');
    this.latencyMs.push(inference.latencyMs);
    this.ttftMs.push(inference.ttftMs);
    this.predictionValue.push(inference.predictionValue);
    this.score.push(inference.score);
    const { probabilities, featureNumbers, featureTexts, segments } = inference;
    this.probabilities.numbers(probabilities.keys, probabilities.values, writeFloat64);
    this.featureNumbers.numbers(featureNumbers.keys, featureNumbers.values, writeFloat64);
    this.featureTexts.texts(featureTexts.keys, featureTexts.values);
    this.segments.texts(segments.keys, segments.values);
    this.refusal.push(inference.refusal);
    this.outputChars.push(inference.outputChars);
    this.versionAssumed.values.byte(inference.versionAssumed);
    this.pushUsage(inference);
    this.rollup.values.byte(inference.rollup);
    this.clockSkew.values.byte(inference.clockSkew);
    const unknown = Number.isNaN(inference.sampleWeight);
    this.sampleWeight.values.float64(unknown ? 1 : inference.sampleWeight);
    this.sampleUnknown.values.byte(unknown ? 1 : 0);
    for (const violation of inference.violations) this.violations.inner.pushText(violation);
    this.violationOffsets.push(this.violations.inner.indexes.length);
    this.rows++;
  }

  /** Rows by convention and status. */
  countByConvention(): { convention: string; status: string; n: number }[] {
    return countPairs(this.textColumn('convention'), this.status, this.rows).map(
      ([convention, status, n]) => ({ convention, status, n }),
    );
  }

  /** Rows without a known price by provider and model. */
  countUnpriced(): { provider: string; model: string; n: number }[] {
    const status = this.textColumn('cost_status');
    const unpriced = status.knownIndex('unpriced');
    if (unpriced < 0) return [];
    const isUnpriced = (row: number): boolean => status.indexes.values[row] === unpriced;
    return countPairs(
      this.textColumn('provider'),
      this.textColumn('model'),
      this.rows,
      isUnpriced,
    ).map(([provider, model, n]) => ({ provider, model, n }));
  }

  mark(): void {
    this.markedRows = this.rows;
    for (const [, column] of this.columns) column.mark();
  }

  rollback(): void {
    this.rows = this.markedRows;
    for (const [, column] of this.columns) column.rollback();
  }

  reset(): void {
    this.rows = 0;
    for (const [, column] of this.columns) column.reset();
  }

  block(): readonly Buffer[] {
    return nativeBlock(this.columns, this.rows);
  }

  private textColumn(name: keyof typeof TEXTS): LowCardinalityColumn {
    return this.texts.find(([known]) => known === name)![1];
  }

  private pushIdentity(inference: Inference): void {
    const source = inference.source as Buffer;
    this.time.values.integer(inference.time);
    this.receivedAt.values.integer(inference.receivedAtMs);
    this.rowVersion.values.integer(inference.receivedAtMs);
    this.traceId.values.hex(source, inference.traceIdAt, 16);
    this.spanId.values.hex(source, inference.spanIdAt, 8);
    this.parentSpanId.values.hex(source, inference.parentSpanIdAt, 8);
    this.responseId.values.string(inference.responseId);
    if (inference.predictionId === '') writeDefaultId(inference, source, this.inferenceId.values);
    else this.inferenceId.values.string(inference.predictionId);
  }

  private pushUsage(inference: Inference): void {
    pushBuckets(this.tokens, inference.tokens);
    this.inputTokensHigh.push(inference.inputTokensHigh);
    this.reportedCost.push(inference.reportedCost);
    this.cost.push(inference.cost);
    this.costLow.push(inference.costLow);
    this.costHigh.push(inference.costHigh);
    pushBuckets(this.costs, inference.costs);
  }
}

/** How often each pair of texts stands in two columns; compares indexes, so that it costs little per row. */
function countPairs(
  first: LowCardinalityColumn,
  second: LowCardinalityColumn,
  rows: number,
  where?: (row: number) => boolean,
): [first: string, second: string, n: number][] {
  const counts = new Map<number, [string, string, number]>();
  for (let row = 0; row < rows; row++) {
    if (where?.(row) === false) continue;
    const key = first.indexes.values[row]! * 0x1_0000_0000 + second.indexes.values[row]!;
    const pair = counts.get(key);
    if (pair === undefined) counts.set(key, [first.textOf(row), second.textOf(row), 1]);
    else pair[2]++;
  }
  return [...counts.values()];
}

function pushBuckets(column: TextKeyMapColumn, values: Float64Array): void {
  for (let bucket = 0; bucket < values.length; bucket++) {
    const value = values[bucket]!;
    if (!Number.isNaN(value)) column.put(TOKEN_BUCKETS[bucket]!, value, writeInteger);
  }
  column.endRow();
}

/** `<trace>:<span>:<event index>`, from the payload alone so that a second delivery has the same id. */
function writeDefaultId(inference: Inference, source: Buffer, to: ByteBuffer): void {
  const { traceIdAt, spanIdAt, eventIndex } = inference;
  const index = String(eventIndex);
  to.varint((traceIdAt < 0 ? 0 : 32) + (spanIdAt < 0 ? 0 : 16) + 2 + index.length);
  if (traceIdAt >= 0) to.hexDigits(source, traceIdAt, 16);
  to.byte(58);
  if (spanIdAt >= 0) to.hexDigits(source, spanIdAt, 8);
  to.byte(58);
  for (let i = 0; i < index.length; i++) to.byte(index.charCodeAt(i));
}
