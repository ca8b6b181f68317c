/** The latest drift of a model as its spans are told it, made ready once for all of them. */
export interface SpanSignal {
  /** Values of `plumbline.drift.status`, `.score` and `.baseline`; the status alone where nothing else is known. */
  readonly texts: readonly string[];
  /** The same, encoded as `attributes` fields of a `Span`. */
  readonly bytes: Uint8Array;
}

export interface ModelIdentity {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version: string;
}

/** What is to be said on spans of a model; on the hot path, so it must cost next to nothing. */
export interface SpanSignals {
  of(identity: ModelIdentity): SpanSignal | undefined;
}

/** Keys of `SpanSignal.texts`. */
export const SIGNAL_KEYS = [
  'plumbline.drift.status',
  'plumbline.drift.score',
  'plumbline.drift.baseline',
] as const;
