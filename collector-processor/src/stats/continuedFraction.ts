const TINY = 1e-300;
const CLOSE = 1e-16;
const MOST_STEPS = 100_000;

/**
 * b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the modified Lentz method (W. J. Lentz, Applied Optics 15, 1976; I. J. Thompson and
 * A. R. Barnett, J. Comput. Phys. 64, 1986). `step(k)` gives [aₖ, bₖ] from k = 1.
 */
export function continuedFraction(
  b0: number,
  step: (k: number) => readonly [a: number, b: number],
): number {
  let value = b0 === 0 ? TINY : b0;
  let c = value;
  let d = 0;
  for (let k = 1; k <= MOST_STEPS; k++) {
    const [a, b] = step(k);
    d = b + a * d;
    if (d === 0) d = TINY;
    d = 1 / d;
    c = b + a / c;
    if (c === 0) c = TINY;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < CLOSE) break;
  }
  return value;
}
