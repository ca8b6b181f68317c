import type { FlagValues } from '../../core/mlRecord';
import { PlainColumn } from '../native/columns';
import { LowCardinalityColumn } from '../native/lowCardinality';
import type { ValueColumns } from './recordColumns';

/** What `ml_flags` has of its own. */
export function createFlagColumns(): ValueColumns<FlagValues> {
  const flagKey = new LowCardinalityColumn();
  const variant = new LowCardinalityColumn();
  const value = new PlainColumn('String');
  const flagProvider = new LowCardinalityColumn();
  const flagSet = new LowCardinalityColumn();
  const flagVersion = new LowCardinalityColumn();
  const contextId = new PlainColumn('String');
  const reason = new LowCardinalityColumn();
  const errorType = new LowCardinalityColumn();
  return {
    columns: [
      ['flag_key', flagKey],
      ['variant', variant],
      ['value', value],
      ['flag_provider', flagProvider],
      ['flag_set', flagSet],
      ['flag_version', flagVersion],
      ['context_id', contextId],
      ['reason', reason],
      ['error_type', errorType],
    ],
    push(told) {
      flagKey.pushText(told.flagKey);
      variant.pushText(told.variant);
      value.values.string(told.value);
      flagProvider.pushText(told.flagProvider);
      flagSet.pushText(told.flagSet);
      flagVersion.pushText(told.flagVersion);
      contextId.values.string(told.contextId);
      reason.pushText(told.reason);
      errorType.pushText(told.errorType);
    },
  };
}
