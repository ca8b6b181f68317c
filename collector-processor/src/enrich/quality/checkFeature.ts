import type { RowCheck } from '../../core/violation';
import type { FeatureContract, FeatureType } from '../../core/contract';

/** A feature's contract, ready to be held against values. */
export interface FeatureCheck {
  readonly feature: string;
  readonly required: boolean;
  /** What is wrong with a number (never NaN); undefined: nothing. */
  checkNumber(value: number): RowCheck | undefined;
  /** What is wrong with a text. */
  checkText(value: string): RowCheck | undefined;
}

/** A pattern looks at no more of a text than this: how long it takes must not be the sender's to decide. */
const LONGEST_MATCHED = 1_000;

const isBoolean = (text: string): boolean => text === 'true' || text === 'false';
const isNumeric = (type: FeatureType | undefined): boolean =>
  type === 'number' || type === 'integer';

export function compileFeature(contract: FeatureContract): FeatureCheck {
  const { feature, required, type, min = -Infinity, max = Infinity } = contract;
  const allowed = contract.allowed === undefined ? undefined : new Set(contract.allowed);
  const pattern = contract.pattern === undefined ? undefined : new RegExp(contract.pattern, 'u');
  const ranged = contract.min !== undefined || contract.max !== undefined;
  return {
    feature,
    required,
    checkNumber(value) {
      if (type === 'text' || type === 'boolean') return 'type';
      if (type === 'integer' && !Number.isInteger(value)) return 'type';
      if (value < min || value > max) return 'range';
      if (allowed?.has(String(value)) === false) return 'allowed';
      return pattern === undefined ? undefined : 'type';
    },
    checkText(value) {
      if (isNumeric(type) || (ranged && type === undefined)) return 'type';
      if (type === 'boolean' && !isBoolean(value)) return 'type';
      if (allowed?.has(value) === false) return 'allowed';
      if (pattern === undefined) return undefined;
      return value.length <= LONGEST_MATCHED && pattern.test(value) ? undefined : 'pattern';
    },
  };
}
