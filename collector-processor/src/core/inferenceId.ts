/**
 * The id of an inference that was not given one: `<trace>:<span>:<event index>`, index 0 for the span itself. From the
 * payload alone, so that a second delivery has the same id.
 */
export const defaultInferenceId = (traceId: string, spanId: string, eventIndex: number): string =>
  `${traceId}:${spanId}:${eventIndex}`;

/**
 * The id of a model call that a log record tells beside its span. The rollup pass knows such a row by it: the row counts
 * only where no span tells the call.
 */
export const detailsInferenceId = (traceId: string, spanId: string): string =>
  `${traceId}:${spanId}:details`;
