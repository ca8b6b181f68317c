import { formatNumber, UNKNOWN } from '../../shared/format';

interface Output {
  readonly prediction_label: string;
  readonly prediction_value: number | null;
  readonly score: number | null;
}

/** What was predicted: the label, the number, or both. */
export const outputText = ({ prediction_label, prediction_value, score }: Output): string => {
  const number = prediction_value ?? score;
  const parts = [prediction_label, number === null ? '' : formatNumber(number)];
  return parts.filter((part) => part !== '').join(', ') || UNKNOWN;
};

/** A feature's value: numbers as the user writes them. */
export const valueText = (value: number | string | null): string =>
  typeof value === 'number' ? formatNumber(value, 4) : (value ?? UNKNOWN);
