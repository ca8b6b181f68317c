import type { LabelValues } from '../../core/mlRecord';
import { NullableColumn, PlainColumn } from '../native/columns';
import { LowCardinalityColumn } from '../native/lowCardinality';
import type { ValueColumns } from './recordColumns';

/** What `ml_labels` has of its own. */
export function createLabelColumns(): ValueColumns<LabelValues> {
  const value = new NullableColumn('Float64');
  const label = new PlainColumn('String');
  const source = new LowCardinalityColumn();
  return {
    columns: [
      ['value', value],
      ['label', label],
      ['source', source],
    ],
    push(told) {
      value.push(told.value);
      label.values.string(told.label);
      source.pushText(told.source);
    },
  };
}
