/** Bets on a p-value being small; their mean is an e-value too. */
const KAPPAS = [0.1, 0.25, 0.5, 0.75];
/** No single window may say more than this, so that one extreme value alone is not a stream of evidence. */
const SMALLEST_P = 1e-12;

/**
 * The evidence of one p-value against its null hypothesis: mean of κ·p^(κ−1) over several κ, whose expectation is at
 * most 1 when p is valid (V. Vovk and R. Wang, Annals of Statistics 49, 2021, calibrators). NaN is no evidence: 1.
 */
export function eValue(p: number): number {
  if (!(p >= 0)) return 1;
  const bounded = Math.max(p, SMALLEST_P);
  let sum = 0;
  for (const kappa of KAPPAS) sum += kappa * bounded ** (kappa - 1);
  return sum / KAPPAS.length;
}

/**
 * One step of the e-CUSUM (J. Shin, A. Ramdas and A. Rinaldo, arXiv 2203.03532): the evidence so far, never less than a
 * fresh start, times the new evidence. An alarm at `state ≥ threshold` comes by chance no sooner than once in
 * `threshold` windows on average, whatever the stopping rule.
 */
export const eCusumStep = (state: number, p: number): number => Math.max(state, 1) * eValue(p);
