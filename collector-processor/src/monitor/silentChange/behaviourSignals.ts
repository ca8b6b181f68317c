import type { AnswerHour, MomentSums } from './answerHour';

/** A number of each call, watched by its mean. */
export interface MeanSignal {
  readonly kind: 'mean';
  readonly name: 'output_length' | 'tokens_per_character' | 'time_to_first_chunk';
  readonly label: string;
  readonly unit: string;
  /** Means are of logarithms: what is told is their geometric mean. */
  readonly logarithmic: boolean;
  readonly sums: (hour: AnswerHour) => MomentSums;
}

/** Something that a call has or has not, watched by its share. */
export interface ShareSignal {
  readonly kind: 'share';
  readonly name: 'finish_reason' | 'refusal_rate';
  readonly label: string;
  /** What is counted, of `key`, which is what occurs most in the reference. */
  readonly counts: (
    hour: AnswerHour,
    key: string,
  ) => { readonly count: number; readonly n: number };
  readonly key: (reference: readonly AnswerHour[]) => string;
}

export type BehaviourSignal = MeanSignal | ShareSignal;

function mostFrequentReason(hours: readonly AnswerHour[]): string {
  const counts: Record<string, number> = {};
  for (const { reasons } of hours) {
    for (const [name, n] of Object.entries(reasons)) counts[name] = (counts[name] ?? 0) + n;
  }
  return Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? '';
}

export const BEHAVIOUR_SIGNALS: readonly BehaviourSignal[] = [
  {
    kind: 'mean',
    name: 'output_length',
    label: 'output length',
    unit: 'tokens',
    logarithmic: true,
    sums: ({ length }) => length,
  },
  {
    kind: 'mean',
    name: 'tokens_per_character',
    label: 'tokens per character',
    unit: '',
    logarithmic: false,
    sums: ({ density }) => density,
  },
  {
    kind: 'mean',
    name: 'time_to_first_chunk',
    label: 'time to first chunk',
    unit: 'ms',
    logarithmic: true,
    sums: ({ firstChunk }) => firstChunk,
  },
  {
    kind: 'share',
    name: 'finish_reason',
    label: 'finish reason',
    key: mostFrequentReason,
    counts: ({ reasons }, key) => ({
      count: reasons[key] ?? 0,
      n: Object.values(reasons).reduce((a, b) => a + b, 0),
    }),
  },
  {
    kind: 'share',
    name: 'refusal_rate',
    label: 'refusals',
    key: () => '',
    counts: ({ refusals, refusalsTold }) => ({ count: refusals, n: refusalsTold }),
  },
];
