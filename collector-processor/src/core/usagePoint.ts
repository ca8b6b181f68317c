/**
 * A data point of a metric that tells usage of a model. The hot path reuses one instance: whoever wants to keep one copies
 * it. Unknown strings are empty.
 */
export class UsagePoint {
  tenant = '';
  environment = '';
  model = '';
  version = '';
  service = '';
  team = '';
  route = '';
  provider = '';
  operation = '';
  modelType = '';
  serviceTier = '';
  serverAddress = '';
  errorType = '';
  /** Name of the metric as sent. */
  metric = '';
  /** What it measures: `tokens`, `duration`, … */
  quantity = '';
  /** Kind of tokens: `input`, `output`, `cache_read`, `cache_write`, `reasoning`; empty for an unknown kind. */
  bucket = '';
  /** 1: the operation is a container, whose usage is that of the calls inside; left out of every sum. */
  rollup = 0;
  /** Of metric, resource, scope and attributes; and of the resource alone. Eight bytes each. */
  series: Uint8Array = new Uint8Array(8);
  resource: Uint8Array = new Uint8Array(8);
  /** Unix milliseconds; 0: the start was not told. */
  timeMs = 0;
  startMs = 0;
  receivedAtMs = 0;
  cumulative = false;
  /** How many measurements, and their sum: tokens, or milliseconds. */
  count = 0;
  sum = 0;
  /** Upper bounds of the buckets but the last, which has none, in the unit of the sum. */
  readonly bounds: number[] = [];
  readonly bucketCounts: number[] = [];
}
