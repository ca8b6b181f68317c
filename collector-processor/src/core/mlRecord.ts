/** What can be told about a prediction beside the prediction itself. */
export const RECORD_KINDS = ['label', 'feedback', 'explanation', 'evaluation', 'flag'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** What the prediction turned out to be. */
export interface LabelValues {
  readonly kind: 'label';
  /** NaN where the label is no number. */
  readonly value: number;
  /** The value as text, numbers too. */
  readonly label: string;
  readonly source: string;
}

/** A person's verdict. */
export interface FeedbackValues {
  readonly kind: 'feedback';
  readonly score: number;
  readonly text: string;
  readonly source: string;
  readonly problem: RecordProblem | '';
}

/** How much each feature added to the prediction; names sorted. */
export interface ExplanationValues {
  readonly kind: 'explanation';
  readonly names: readonly string[];
  readonly attributions: readonly number[];
  readonly baseValue: number;
  readonly method: string;
  readonly problem: RecordProblem | '';
}

/** The score that a judge gave to an answer. */
export interface EvaluationValues {
  readonly kind: 'evaluation';
  readonly name: string;
  readonly score: number;
  readonly label: string;
  readonly explanation: string;
  readonly errorType: string;
  /** The answer it is about, as its provider calls it. */
  readonly responseId: string;
  readonly problem: RecordProblem | '';
}

/** Which variant of a feature flag was in force. */
export interface FlagValues {
  readonly kind: 'flag';
  readonly flagKey: string;
  readonly variant: string;
  readonly value: string;
  readonly flagProvider: string;
  readonly flagSet: string;
  readonly flagVersion: string;
  readonly contextId: string;
  readonly reason: string;
  readonly errorType: string;
}

export type RecordValues =
  LabelValues | FeedbackValues | ExplanationValues | EvaluationValues | FlagValues;

/**
 * Why a record could not be used: nothing says what it is about (`no_id`), what it says (`no_value`, `no_name`, `no_key`),
 * or a number is none (`not_a_number`; the record is kept when it says something else).
 */
export type RecordProblem = 'no_id' | 'no_value' | 'no_name' | 'no_key' | 'not_a_number';

/** One record; unknown strings are empty, unknown numbers NaN. */
export interface MlRecord {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version: string;
  readonly service: string;
  /** Its own time, Unix milliseconds, from the payload alone. */
  readonly time: number;
  readonly receivedAtMs: number;
  /** The prediction it is about; empty where only its response or its trace is known. */
  readonly inferenceId: string;
  /** From the payload alone, so that a second delivery has the same one. */
  readonly recordId: string;
  /** Hex, lower case, empty when absent. */
  readonly traceId: string;
  readonly spanId: string;
  /** 1: its time is more than ten minutes ahead of the receiver's clock. */
  readonly clockSkew: number;
  readonly values: RecordValues;
}

/** Takes records as they are found. */
export interface RecordSink {
  record(record: MlRecord): void;
  /** A record that cannot be used, or not whole; it stays in the `otel_*` tables. */
  problem(kind: RecordKind, problem: RecordProblem): void;
}
