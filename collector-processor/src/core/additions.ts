/** Attributes that were added to spans of a trace request, for whoever passes the request on. */
export interface Additions {
  /** Which spans of the request got some, counted from 0 over the whole request, ascending. */
  readonly ordinals: readonly number[];
  /** Where in `bytes` the attributes of each of them end; they start where those of the one before end. */
  readonly ends: readonly number[];
  /** The added attributes, encoded as `attributes` fields of a `Span` message. */
  readonly bytes: Uint8Array;
}
