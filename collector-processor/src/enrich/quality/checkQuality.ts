import type { Inference } from '../../core/inference';
import { noteViolation } from '../../core/violation';
import { compileFeature, type FeatureCheck } from './checkFeature';
import type { ModelContract } from '../../core/contract';

/** Holds an inference against the contracts of its model, and notes in `violations` what is wrong. */
export type CheckQuality = (inference: Inference) => void;

interface Compiled {
  readonly contract: ModelContract;
  readonly checks: ReadonlyMap<string, FeatureCheck>;
  readonly required: readonly string[];
}

/** The output of a prediction has contracts under the names that it has as a feature. */
const PREDICTION = '@prediction';
const SCORE = '@score';

/** Undefined without contracts: nothing is to be checked, and rows should not pay for finding that out. */
export function createQualityCheck(contracts: readonly ModelContract[]): CheckQuality | undefined {
  if (contracts.length === 0) return undefined;
  const byModel = new Map<string, Compiled[]>();
  for (const contract of contracts) {
    const checks = contract.features.map(compileFeature);
    const compiled = {
      contract,
      checks: new Map(checks.map((check) => [check.feature, check])),
      required: checks.filter(({ required }) => required).map(({ feature }) => feature),
    };
    byModel.set(contract.model, [...(byModel.get(contract.model) ?? []), compiled]);
  }
  return (inference) => {
    // A container has the features of none of its calls.
    if (inference.rollup === 1) return;
    for (const compiled of byModel.get(inference.model) ?? []) {
      if (holdsFor(compiled.contract, inference)) check(compiled, inference);
    }
  };
}

const holdsFor = ({ tenant, environment, version }: ModelContract, inference: Inference): boolean =>
  (tenant === undefined || tenant === inference.tenant) &&
  (environment === undefined || environment === inference.environment) &&
  (version === undefined || version === inference.version);

function check({ checks, required }: Compiled, inference: Inference): void {
  const { featureNumbers, featureTexts } = inference;
  for (let index = 0; index < featureNumbers.size; index++) {
    checkNumber(checks, inference, featureNumbers.keys[index]!, featureNumbers.values[index]!);
  }
  for (let index = 0; index < featureTexts.size; index++) {
    checkText(checks, inference, featureTexts.keys[index]!, featureTexts.values[index]!);
  }
  const { predictionValue, predictionLabel, score } = inference;
  if (!Number.isNaN(predictionValue)) checkNumber(checks, inference, PREDICTION, predictionValue);
  else if (predictionLabel !== '') checkText(checks, inference, PREDICTION, predictionLabel);
  if (!Number.isNaN(score)) checkNumber(checks, inference, SCORE, score);
  for (const feature of required) {
    if (!isThere(inference, feature)) noteViolation(inference, 'missing', feature);
  }
}

function checkNumber(
  checks: Compiled['checks'],
  inference: Inference,
  feature: string,
  value: number,
): void {
  const found = checks.get(feature)?.checkNumber(value);
  if (found !== undefined) noteViolation(inference, found, feature);
}

function checkText(
  checks: Compiled['checks'],
  inference: Inference,
  feature: string,
  value: string,
): void {
  const found = checks.get(feature)?.checkText(value);
  if (found !== undefined) noteViolation(inference, found, feature);
}

function isThere(inference: Inference, feature: string): boolean {
  if (feature === PREDICTION)
    return !Number.isNaN(inference.predictionValue) || inference.predictionLabel !== '';
  if (feature === SCORE) return !Number.isNaN(inference.score);
  return inference.featureNumbers.has(feature) || inference.featureTexts.has(feature);
}
