/**
 * The id of an inference that was not given one: `<trace>:<span>:<event index>`, index 0 for the span itself. From the
 * payload alone, so that a second delivery has the same id.
 */
export const defaultInferenceId = (traceId: string, spanId: string, eventIndex: number): string =>
  `${traceId}:${spanId}:${eventIndex}`;
