/** Watches a stream of values, one after the other. */
export interface StreamDetector {
  /** Takes the next value; true when the stream has changed. */
  update(value: number): boolean;
}
