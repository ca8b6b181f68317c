import { setImmediate as turn } from 'node:timers/promises';
import { benjaminiHochberg } from '../../stats/benjaminiHochberg';
import type { Statements } from '../statements';
import { compareFeature } from './compareFeature';
import type { ComparedFeature, ComparisonRequest } from './comparison';
import { readSides } from './readSides';

export type Comparison =
  | { readonly status: 'compared'; readonly features: readonly ComparedFeature[] }
  | { readonly status: 'refused'; readonly reason: string };

/** A comparison takes some 20 ms for a feature whose null table is not known yet. */
export const MAX_COMPARED = 500;

/** Compares two ranges, versions or segments feature by feature, from stored windows; the most telling feature first. */
export async function compareSides(
  statements: Statements,
  request: ComparisonRequest,
): Promise<Comparison> {
  const sides = await readSides(statements, request);
  if (sides.length > MAX_COMPARED) {
    const reason = `${sides.length} features, ${MAX_COMPARED} can be compared at once: name them`;
    return { status: 'refused', reason };
  }
  const compared: ComparedFeature[] = [];
  for (const side of sides) {
    compared.push(compareFeature(side));
    // Requests of others come in between.
    await turn();
  }
  const q = benjaminiHochberg(compared.map(({ p }) => p));
  const features = compared.map((one, index) => ({ ...one, q: q[index]! }));
  const rank = ({ q: value, effect }: ComparedFeature): [number, number] => [
    Number.isNaN(value) ? 2 : value,
    -Math.abs(Number.isNaN(effect) ? 0 : effect),
  ];
  features.sort((a, b) => {
    const [[qa, ea], [qb, eb]] = [rank(a), rank(b)];
    return qa - qb || ea - eb || (a.feature < b.feature ? -1 : 1);
  });
  return { status: 'compared', features };
}
