import type { SpanView } from '../otlp/spanView';
import { GROUP } from './fieldGroups';
import { FIELD } from './fields';
import type { FieldReader } from './fieldReader';
import type { KeyPlan } from './keyPlan';

const HALF = 2 ** 28;
/** The smallest probability that a tracestate can tell is 2^-56; a rate beyond it is no rate. */
const MAX_WEIGHT = 2 ** 56;
const THRESHOLD = /^[0-9a-f]{1,14}$/;
const POWER = /^\d{1,2}$/;

/**
 * How many calls a span stands for. The tracestate speaks first, for samplers keep it up to date along the way, then
 * attributes. 1 when nothing says that there was sampling; NaN when something does and gives no rate.
 */
export function sampleWeight(
  reader: FieldReader,
  view: SpanView<KeyPlan, KeyPlan, KeyPlan>,
): number {
  const { start, end } = view.traceState;
  if (start !== end) {
    const weight = traceStateWeight(view.reader.bytes.toString('latin1', start, end));
    if (weight !== undefined) return weight;
  }
  return attributeWeight(reader);
}

/**
 * The weight in the `ot` member of a W3C tracestate; undefined when there is none.
 *
 * `th` is the rejection threshold: 1 to 14 hexadecimal digits, trailing zeros left out, of 2^56; a span was kept with
 * probability 1 - th / 2^56 (https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/). `p`,
 * of the specification before it, is the negative base-2 logarithm of that probability, 63 for zero.
 */
export function traceStateWeight(traceState: string): number | undefined {
  const member = traceState.split(',').find((entry) => entry.trimStart().startsWith('ot='));
  if (member === undefined) return undefined;
  const fields = member.trim().slice(3).split(';');
  const threshold = fields.find((field) => field.startsWith('th:'))?.slice(3);
  if (threshold !== undefined) {
    if (!THRESHOLD.test(threshold)) return NaN;
    const digits = threshold.padEnd(14, '0');
    const high = Number.parseInt(digits.slice(0, 7), 16);
    const low = Number.parseInt(digits.slice(7), 16);
    // In two halves, for 2^56 is beyond what a double holds exactly: the kept part never rounds to nothing.
    return (HALF * HALF) / ((HALF - high) * HALF - low);
  }
  const power = fields.find((field) => field.startsWith('p:'))?.slice(2);
  if (power === undefined) return undefined;
  return POWER.test(power) && Number(power) < 63 ? 2 ** Number(power) : NaN;
}

const isProbability = (value: number): boolean => value >= 1 / MAX_WEIGHT && value <= 1;

/** As `sampleWeight`, from attributes alone. */
export function attributeWeight(reader: FieldReader): number {
  if ((reader.groups & GROUP.sampling) === 0) return 1;
  const rate = reader.sharedNumber(FIELD.sampleRate);
  if (rate >= 1 && rate <= MAX_WEIGHT) return rate;
  const probability = reader.sharedNumber(FIELD.sampleProbability);
  if (isProbability(probability)) return 1 / probability;
  const sampler = reader.sharedText(FIELD.samplerType);
  if (sampler === 'const') return 1;
  if (sampler === 'probabilistic') {
    const parameter = reader.sharedNumber(FIELD.samplerParam);
    return isProbability(parameter) ? 1 / parameter : NaN;
  }
  const isSampled =
    sampler !== '' ||
    !Number.isNaN(rate) ||
    !Number.isNaN(probability) ||
    reader.sharedText(FIELD.samplerMark) !== '';
  return isSampled ? NaN : 1;
}
