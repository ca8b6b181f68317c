import type { ExplanationValues } from '../../core/mlRecord';
import { NullableColumn } from '../native/columns';
import { LowCardinalityColumn } from '../native/lowCardinality';
import { TextKeyMapColumn } from '../native/textKeyMap';
import type { ValueColumns } from './recordColumns';

/** What `ml_explanations` has of its own. */
export function createExplanationColumns(): ValueColumns<ExplanationValues> {
  const attributions = new TextKeyMapColumn('Float64');
  const baseValue = new NullableColumn('Float64');
  const method = new LowCardinalityColumn();
  const problem = new LowCardinalityColumn();
  return {
    columns: [
      ['attributions', attributions],
      ['base_value', baseValue],
      ['method', method],
      ['problem', problem],
    ],
    push(told) {
      told.names.forEach((name, index) => {
        attributions.putNumber(name, 'Float64', told.attributions[index]!);
      });
      attributions.endRow();
      baseValue.push(told.baseValue);
      method.pushText(told.method);
      problem.pushText(told.problem);
    },
  };
}
