import type { FeedbackValues } from '../../core/mlRecord';
import { NullableColumn, PlainColumn } from '../native/columns';
import { LowCardinalityColumn } from '../native/lowCardinality';
import type { ValueColumns } from './recordColumns';

/** What `ml_feedback` has of its own. */
export function createFeedbackColumns(): ValueColumns<FeedbackValues> {
  const score = new NullableColumn('Float64');
  const text = new PlainColumn('String');
  const source = new LowCardinalityColumn();
  const problem = new LowCardinalityColumn();
  return {
    columns: [
      ['score', score],
      ['text', text],
      ['source', source],
      ['problem', problem],
    ],
    push(told) {
      score.push(told.score);
      text.values.string(told.text);
      source.pushText(told.source);
      problem.pushText(told.problem);
    },
  };
}
