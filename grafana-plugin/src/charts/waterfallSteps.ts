export interface Contribution {
  readonly label: string;
  readonly value: number;
}

export interface WaterfallStep extends Contribution {
  readonly from: number;
  readonly to: number;
}

/**
 * Contributions from the largest down, each starting where the one before ended, from `base` to base plus all of them.
 * Beyond `limit` the rest is one step named `rest`, so that the end is still the prediction.
 */
export const waterfallSteps = (
  base: number,
  contributions: readonly Contribution[],
  limit: number,
  rest: string,
): readonly WaterfallStep[] => {
  const sorted = [...contributions].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const shown = sorted.length > limit ? sorted.slice(0, limit - 1) : sorted;
  const hidden = sorted.slice(shown.length);
  const all =
    hidden.length === 0
      ? shown
      : [...shown, { label: rest, value: hidden.reduce((sum, { value }) => sum + value, 0) }];
  let at = base;
  return all.map((step) => {
    const from = at;
    at += step.value;
    return { ...step, from, to: at };
  });
};
