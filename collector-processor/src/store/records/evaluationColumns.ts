import type { EvaluationValues } from '../../core/mlRecord';
import { NullableColumn, PlainColumn } from '../native/columns';
import { LowCardinalityColumn } from '../native/lowCardinality';
import type { ValueColumns } from './recordColumns';

/** What `ml_evaluations` has of its own. */
export function createEvaluationColumns(): ValueColumns<EvaluationValues> {
  const name = new LowCardinalityColumn();
  const score = new NullableColumn('Float64');
  const label = new LowCardinalityColumn();
  const explanation = new PlainColumn('String');
  const errorType = new LowCardinalityColumn();
  const responseId = new PlainColumn('String');
  const problem = new LowCardinalityColumn();
  return {
    columns: [
      ['name', name],
      ['score', score],
      ['label', label],
      ['explanation', explanation],
      ['error_type', errorType],
      ['response_id', responseId],
      ['problem', problem],
    ],
    push(told) {
      name.pushText(told.name);
      score.push(told.score);
      label.pushText(told.label);
      explanation.values.string(told.explanation);
      errorType.pushText(told.errorType);
      responseId.values.string(told.responseId);
      problem.pushText(told.problem);
    },
  };
}
