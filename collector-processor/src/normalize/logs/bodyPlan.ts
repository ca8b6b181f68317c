import { PREFIX } from '../aliases';
import { compileKeyPlan, type KeyPlan } from '../keyPlan';

/** Keys of a body that mean what they mean as attributes; every other key is the name of a feature. */
const ATTRIBUTE = /^(?:ml|gen_ai|feature_flag)\./;

/** The plan of a body that is a map: a wide feature vector, with attributes of ours among the features if the sender likes. */
export const compileBodyPlan = (keys: readonly string[]): KeyPlan =>
  compileKeyPlan(keys.map((key) => (ATTRIBUTE.test(key) ? key : PREFIX.feature + key)));
