/** Attributes that were added to spans of a trace request, for whoever passes the request on. */
export interface Additions {
  /** Which spans of the request got some, counted from 0 over the whole request, ascending. */
  readonly ordinals: readonly number[];
  /** For each of them the added attributes, encoded as `attributes` fields of a `Span` message. */
  readonly fields: readonly Uint8Array[];
}
