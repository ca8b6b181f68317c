import { type Inference, type NumberMap, type TextMap, TOKEN_BUCKETS } from '../core/inference';
import { countPairs } from './countPairs';
import type { ByteBuffer } from './native/byteBuffer';
import { NullableColumn, type NumberType, PlainColumn } from './native/columns';
import { LowCardinalityColumn } from './native/lowCardinality';
import { type Column, nativeBlock } from './native/nativeBlock';
import { ArrayColumn, Offsets } from './native/nested';
import { TextKeyMapColumn } from './native/textKeyMap';

const DECIMAL = 'Decimal(18, 9)';

/** Rows of `ml_inferences`; unknown numbers (NaN) become NULL or stay out of their map. */
export class InferenceColumns {
  rows = 0;
  private markedRows = 0;
  private readonly fixedVersion: number | undefined;
  private readonly tenant = new LowCardinalityColumn();
  private readonly environment = new LowCardinalityColumn();
  private readonly model = new LowCardinalityColumn();
  private readonly version = new LowCardinalityColumn();
  private readonly service = new LowCardinalityColumn();
  private readonly team = new LowCardinalityColumn();
  private readonly route = new LowCardinalityColumn();
  private readonly convention = new LowCardinalityColumn();
  private readonly operation = new LowCardinalityColumn();
  private readonly modelType = new LowCardinalityColumn();
  private readonly provider = new LowCardinalityColumn();
  private readonly dataSource = new LowCardinalityColumn();
  private readonly errorType = new LowCardinalityColumn();
  private readonly predictionLabel = new LowCardinalityColumn();
  private readonly finishReason = new LowCardinalityColumn();
  private readonly systemFingerprint = new LowCardinalityColumn();
  private readonly tokenRule = new LowCardinalityColumn();
  private readonly serviceTier = new LowCardinalityColumn();
  private readonly reportedCurrency = new LowCardinalityColumn();
  private readonly reportedSource = new LowCardinalityColumn();
  private readonly currency = new LowCardinalityColumn();
  private readonly costStatus = new LowCardinalityColumn();
  private readonly priceVersion = new LowCardinalityColumn();
  private readonly priceRule = new LowCardinalityColumn();
  private readonly time = new PlainColumn('DateTime64(3)');
  private readonly receivedAt = new PlainColumn('DateTime64(3)');
  private readonly rowVersion = new PlainColumn('UInt64');
  private readonly inferenceId = new PlainColumn('String', 65_536);
  private readonly traceId = new PlainColumn('String', 65_536);
  private readonly spanId = new PlainColumn('String', 65_536);
  private readonly parentSpanId = new PlainColumn('String', 65_536);
  private readonly responseId = new PlainColumn('String');
  private readonly status = new LowCardinalityColumn();
  private readonly latencyMs = new NullableColumn('Float64');
  private readonly ttftMs = new NullableColumn('Float64');
  private readonly predictionValue = new NullableColumn('Float64');
  private readonly score = new NullableColumn('Float64');
  private readonly probabilities = new TextKeyMapColumn('Float64');
  private readonly featureNumbers = new TextKeyMapColumn('Float64');
  private readonly featureTexts = new TextKeyMapColumn('String');
  private readonly segments = new TextKeyMapColumn('String');
  private readonly refusal = new NullableColumn('UInt8');
  private readonly outputChars = new NullableColumn('UInt64');
  private readonly versionAssumed = new PlainColumn('UInt8');
  private readonly tokens = new TextKeyMapColumn('UInt64');
  private readonly inputTokensHigh = new NullableColumn('UInt64');
  private readonly reportedCost = new NullableColumn('Float64');
  private readonly cost = new NullableColumn(DECIMAL);
  private readonly costLow = new NullableColumn(DECIMAL);
  private readonly costHigh = new NullableColumn(DECIMAL);
  private readonly costs = new TextKeyMapColumn(DECIMAL);
  private readonly rollup = new PlainColumn('UInt8');
  private readonly clockSkew = new PlainColumn('UInt8');
  private readonly sampleWeight = new PlainColumn('Float64');
  private readonly sampleUnknown = new PlainColumn('UInt8');
  private readonly violationOffsets = new Offsets();
  private readonly violations = new ArrayColumn(new LowCardinalityColumn(), this.violationOffsets);

  private readonly columns: readonly (readonly [string, Column])[] = [
    ['tenant', this.tenant],
    ['environment', this.environment],
    ['model', this.model],
    ['version', this.version],
    ['service', this.service],
    ['team', this.team],
    ['route', this.route],
    ['convention', this.convention],
    ['operation', this.operation],
    ['model_type', this.modelType],
    ['provider', this.provider],
    ['data_source', this.dataSource],
    ['error_type', this.errorType],
    ['prediction_label', this.predictionLabel],
    ['finish_reason', this.finishReason],
    ['system_fingerprint', this.systemFingerprint],
    ['token_rule', this.tokenRule],
    ['service_tier', this.serviceTier],
    ['reported_currency', this.reportedCurrency],
    ['reported_source', this.reportedSource],
    ['currency', this.currency],
    ['cost_status', this.costStatus],
    ['price_version', this.priceVersion],
    ['price_rule', this.priceRule],
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

  /** `rowVersion` of all rows; without it each has its time of receipt, so that the newest copy stays. */
  constructor(rowVersion?: number) {
    this.fixedVersion = rowVersion;
  }

  push(inference: Inference): void {
    this.pushTexts(inference);
    this.pushIdentity(inference);
    this.status.pushText(inference.error ? 'error' : 'ok');
    this.latencyMs.push(inference.latencyMs);
    this.ttftMs.push(inference.ttftMs);
    this.predictionValue.push(inference.predictionValue);
    this.score.push(inference.score);
    pushNumbers(this.probabilities, inference.probabilities);
    pushNumbers(this.featureNumbers, inference.featureNumbers);
    pushTexts(this.featureTexts, inference.featureTexts);
    pushTexts(this.segments, inference.segments);
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
    return countPairs(this.convention, this.status, this.rows).map(([convention, status, n]) => ({
      convention,
      status,
      n,
    }));
  }

  /** Rows by convention and cost status, which is empty where no cost is expected. */
  countByCost(): { convention: string; costStatus: string; n: number }[] {
    return countPairs(this.convention, this.costStatus, this.rows).map(
      ([convention, costStatus, n]) => ({ convention, costStatus, n }),
    );
  }

  /** Rows without a known price by provider and model. */
  countUnpriced(): { provider: string; model: string; n: number }[] {
    const status = this.costStatus;
    const unpriced = status.knownIndex('unpriced');
    if (unpriced < 0) return [];
    const isUnpriced = (row: number): boolean => status.indexes.values[row] === unpriced;
    return countPairs(this.provider, this.model, this.rows, isUnpriced).map(
      ([provider, model, n]) => ({ provider, model, n }),
    );
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

  /** One line a column: a loop over names would look each of them up for each row. */
  private pushTexts(inference: Inference): void {
    this.tenant.pushText(inference.tenant);
    this.environment.pushText(inference.environment);
    this.model.pushText(inference.model);
    this.version.pushText(inference.version);
    this.service.pushText(inference.service);
    this.team.pushText(inference.team);
    this.route.pushText(inference.route);
    this.convention.pushText(inference.convention);
    this.operation.pushText(inference.operation);
    this.modelType.pushText(inference.modelType);
    this.provider.pushText(inference.provider);
    this.dataSource.pushText(inference.dataSource);
    this.errorType.pushText(inference.errorType);
    this.predictionLabel.pushText(inference.predictionLabel);
    this.finishReason.pushText(inference.finishReason);
    this.systemFingerprint.pushText(inference.systemFingerprint);
    this.tokenRule.pushText(inference.tokenRule);
    this.serviceTier.pushText(inference.serviceTier);
    this.reportedCurrency.pushText(inference.reportedCurrency);
    this.reportedSource.pushText(inference.reportedSource);
    this.currency.pushText(inference.currency);
    this.costStatus.pushText(inference.costStatus);
    this.priceVersion.pushText(inference.priceVersion);
    this.priceRule.pushText(inference.priceRule);
  }

  private pushIdentity(inference: Inference): void {
    const source = inference.source as Buffer;
    this.time.values.integer(inference.time);
    this.receivedAt.values.integer(inference.receivedAtMs);
    this.rowVersion.values.integer(this.fixedVersion ?? inference.receivedAtMs);
    this.traceId.values.hex(source, inference.traceIdAt, 16);
    this.spanId.values.hex(source, inference.spanIdAt, 8);
    this.parentSpanId.values.hex(source, inference.parentSpanIdAt, 8);
    this.responseId.values.string(inference.responseId);
    if (inference.predictionId === '') writeDefaultId(inference, source, this.inferenceId.values);
    else this.inferenceId.values.string(inference.predictionId);
  }

  private pushUsage(inference: Inference): void {
    pushBuckets(this.tokens, 'UInt64', inference.tokens);
    this.inputTokensHigh.push(inference.inputTokensHigh);
    this.reportedCost.push(inference.reportedCost);
    this.cost.push(inference.cost);
    this.costLow.push(inference.costLow);
    this.costHigh.push(inference.costHigh);
    pushBuckets(this.costs, DECIMAL, inference.costs);
  }
}

function pushBuckets(column: TextKeyMapColumn, type: NumberType, values: Float64Array): void {
  for (let bucket = 0; bucket < values.length; bucket++) {
    const value = values[bucket]!;
    if (!Number.isNaN(value)) column.putNumber(TOKEN_BUCKETS[bucket]!, type, value);
  }
  column.endRow();
}

function pushNumbers(column: TextKeyMapColumn, { keys, values, size }: NumberMap): void {
  for (let i = 0; i < size; i++) column.putNumber(keys[i]!, 'Float64', values[i]!);
  column.endRow();
}

function pushTexts(column: TextKeyMapColumn, { keys, values, size }: TextMap): void {
  for (let i = 0; i < size; i++) column.putText(keys[i]!, values[i]!);
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
