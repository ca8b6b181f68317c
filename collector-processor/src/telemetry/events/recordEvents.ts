import type { RecordKind, RecordProblem } from '../../core/mlRecord';
import type { Instruments } from '../instruments';

export interface RecordsCounted {
  readonly kind: RecordKind;
  readonly n: number;
}

export interface RecordProblems extends RecordsCounted {
  readonly problem: RecordProblem;
}

/** What is told about predictions: labels, feedback, explanations, evaluations, flags; told once per block. */
export const createRecordEvents = (instruments: Instruments) => {
  const records = instruments.counter(
    'plumbline_records_total',
    'Labels, feedback, explanations, evaluations and flags written, before de-duplication.',
    ['kind'],
  );
  const problems = instruments.counter(
    'plumbline_record_problems_total',
    'Labels, feedback, explanations, evaluations and flags that could not be used, or not whole, by reason.',
    ['kind', 'problem'],
  );
  return {
    recordsCounted: ({ kind, n }: RecordsCounted): void => {
      records.inc({ kind }, n);
    },
    recordProblems: ({ kind, problem, n }: RecordProblems): void => {
      problems.inc({ kind, problem }, n);
      const fields = { kind, problem, count: n };
      instruments.logLimited(
        'warn',
        'recordProblems',
        `${kind} ${problem}`,
        fields,
        'a record about a prediction could not be used, or not whole',
      );
    },
  };
};
