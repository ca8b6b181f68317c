/** What model calls with these labels used and cost together; sampled calls count for all that they stand for. */
export interface ModelUsage {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly provider: string;
  readonly service: string;
  readonly currency: string;
  /** By index of `TOKEN_BUCKETS`; 0 where nothing was used. */
  readonly tokens: Float64Array;
  /** Billionths of `currency`, by index of `TOKEN_BUCKETS`; 0 where nothing is known. */
  readonly costs: Float64Array;
}
