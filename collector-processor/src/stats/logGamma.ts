// Lanczos approximation with g = 7 and nine terms (C. Lanczos, SIAM J. Numer. Anal. B 1, 1964); error below 2e-15.
const G = 7;
const TERMS = [
  0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13,
  -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12,
  9.984_369_578_019_571_6e-6, 1.505_632_735_149_311_6e-7,
] as const;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Natural logarithm of the gamma function, for `x` > 0. */
export function logGamma(x: number): number {
  // The approximation is best from 1 on; below, Γ(x) = Γ(x + 1) / x.
  if (x < 1) return logGamma(x + 1) - Math.log(x);
  const at = x - 1;
  let sum: number = TERMS[0];
  for (let k = 1; k < TERMS.length; k++) sum += TERMS[k]! / (at + k);
  const base = at + G + 0.5;
  return HALF_LOG_TWO_PI + (at + 0.5) * Math.log(base) - base + Math.log(sum);
}
