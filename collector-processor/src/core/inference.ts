const EMPTY = new Uint8Array(0);

/**
 * Small insertion-ordered map without per-entry objects. The first `size` items of the arrays are its entries; what
 * stands behind them is left from an earlier inference, because giving the memory back would cost more than keeping it.
 */
class SmallMap<T> {
  readonly keys: string[] = [];
  readonly values: T[] = [];
  size = 0;

  /** The caller knows that the key is new: OTLP attribute keys are unique. */
  set(key: string, value: T): void {
    this.keys[this.size] = key;
    this.values[this.size++] = value;
  }

  has(key: string): boolean {
    for (let i = 0; i < this.size; i++) if (this.keys[i] === key) return true;
    return false;
  }

  clear(): void {
    this.size = 0;
  }
}

export class NumberMap extends SmallMap<number> {}
export class TextMap extends SmallMap<string> {}

/**
 * Disjoint token buckets: their sum is what the call used, no token is in two of them.
 * `input` is fresh (uncached) text input, `output` visible text output; audio tokens are outside both.
 */
export const TOKEN_BUCKETS = [
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'output',
  'reasoning',
  'audio_in',
  'audio_out',
  'other',
] as const;
export type TokenBucket = (typeof TOKEN_BUCKETS)[number];

/** Index of each bucket in `Inference.tokens` and `Inference.costs`. */
export const BUCKET = {
  input: 0,
  cacheRead: 1,
  cacheWrite5m: 2,
  cacheWrite1h: 3,
  output: 4,
  reasoning: 5,
  audioIn: 6,
  audioOut: 7,
  other: 8,
} as const;

export type ModelType =
  '' | 'binary' | 'multiclass' | 'regression' | 'ranking' | 'llm' | 'embedding';
export type CostStatus = '' | 'priced' | 'partial' | 'unpriced' | 'provider_reported';

/**
 * One prediction or model call, whatever convention it was told in.
 *
 * The hot path reuses one instance for all inferences of a request (`reset()` between them): whoever wants to keep
 * one copies it. Unknown strings are empty, unknown numbers NaN, never 0.
 */
export class Inference {
  // Identity. `time` is the start of the call, Unix milliseconds, from the payload alone.
  time = 0;
  tenant = '';
  environment = '';
  model = '';
  version = '';
  /** Join key of labels and feedback; empty: the store writes `<trace>:<span>:<event index>`. */
  predictionId = '';
  /** Index of the span event that told it, 0 for the span itself. */
  eventIndex = 0;
  receivedAtMs = 0;

  // Trace context: hex, lower case, empty when absent.
  /** The bytes that the `…At` offsets below point into; ids are 16 and 8 raw bytes there, -1 when absent. */
  source: Uint8Array = EMPTY;
  traceIdAt = -1;
  spanIdAt = -1;
  parentSpanIdAt = -1;

  // Where it came from and what kind of call it was.
  service = '';
  team = '';
  route = '';
  /** `otel`, `openinference`, `openllmetry`, `vercel`, `ml`. */
  convention = '';
  operation = '';
  modelType: ModelType = '';
  provider = '';
  dataSource = '';
  error = false;
  errorType = '';
  /** Milliseconds. */
  latencyMs = NaN;
  /** Time to first token or chunk, milliseconds. */
  ttftMs = NaN;

  // The output.
  predictionValue = NaN;
  predictionLabel = '';
  score = NaN;
  readonly probabilities = new NumberMap();
  readonly featureNumbers = new NumberMap();
  readonly featureTexts = new TextMap();
  readonly segments = new TextMap();
  finishReason = '';
  /** NaN unknown, else 0 or 1. */
  refusal = NaN;
  systemFingerprint = '';
  outputChars = NaN;
  responseId = '';
  /** 1 when the answering model was not told and the requested one stands in for it. */
  versionAssumed = 0;

  // Usage by disjoint bucket, NaN where not told.
  readonly tokens = new Float64Array(TOKEN_BUCKETS.length).fill(NaN);
  /** Fresh input tokens if the count turned out exclusive of cached tokens; NaN when the question was decided. */
  inputTokensHigh = NaN;
  /** `inclusive`, `exclusive` or `undecided`, a colon and the reason, empty when nothing was cached; and what is outside its whole. */
  tokenRule = '';
  serviceTier = '';
  /** Cost as the emitter told it, in `reportedCurrency` units; NaN when it told none. */
  reportedCost = NaN;
  reportedCurrency = '';
  /** `provider` when the provider billed it so, else `local`. */
  reportedSource = '';

  // Cost in billionths of `currency` (nano-dollars); integers; NaN where unknown.
  cost = NaN;
  costLow = NaN;
  costHigh = NaN;
  readonly costs = new Float64Array(TOKEN_BUCKETS.length).fill(NaN);
  currency = '';
  costStatus: CostStatus = '';
  priceVersion = '';
  priceRule = '';

  /** 1: a container (agent, workflow, chain) whose usage is its children's; left out of every sum. */
  rollup = 0;
  /** 1: its time is more than ten minutes ahead of the receiver's clock. */
  clockSkew = 0;
  /** How many calls this one stands for; NaN: sampled in a way we do not know. */
  sampleWeight = 1;
  readonly violations: string[] = [];

  reset(): void {
    this.time = 0;
    this.tenant = this.environment = this.model = this.version = this.predictionId = '';
    this.eventIndex = this.receivedAtMs = 0;
    this.source = EMPTY;
    this.traceIdAt = this.spanIdAt = this.parentSpanIdAt = -1;
    this.service = this.team = this.route = this.convention = this.operation = '';
    this.modelType = '';
    this.provider = this.dataSource = this.errorType = '';
    this.error = false;
    this.latencyMs = this.ttftMs = this.predictionValue = this.score = NaN;
    this.predictionLabel = this.finishReason = this.systemFingerprint = this.responseId = '';
    this.probabilities.clear();
    this.featureNumbers.clear();
    this.featureTexts.clear();
    this.segments.clear();
    this.refusal = this.outputChars = NaN;
    this.versionAssumed = 0;
    this.inputTokensHigh = NaN;
    this.tokenRule = this.serviceTier = this.reportedCurrency = this.reportedSource = '';
    this.reportedCost = this.cost = this.costLow = this.costHigh = NaN;
    // A loop: a call of the built-in costs more than nine stores.
    for (let bucket = 0; bucket < this.tokens.length; bucket++) {
      this.tokens[bucket] = this.costs[bucket] = NaN;
    }
    this.currency = this.priceVersion = this.priceRule = '';
    this.costStatus = '';
    this.rollup = this.clockSkew = 0;
    this.sampleWeight = 1;
    while (this.violations.length > 0) this.violations.pop();
  }
}
