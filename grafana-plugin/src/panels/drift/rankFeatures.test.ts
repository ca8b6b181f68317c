/** @jest-environment node */
import { rankFeatures } from './rankFeatures';

const row = (feature: string, psi: number | null, page = 0) => ({ feature, psi, page, n: 5 });
const names = (limit: number) =>
  rankFeatures(
    [row('unknown', null), row('small', 0.1), row('large', -2), row('pages', 0, 1), row('', 9)],
    'psi',
    limit,
  ).shown.map(({ feature }) => feature);

describe('the ranking of the panel', () => {
  it('has what pages first and what is not known last', () => {
    expect(names(10)).toEqual(['pages', 'large', 'small', 'unknown']);
  });

  it('ends at its limit, which is at least one', () => {
    expect(names(2)).toEqual(['pages', 'large']);
    expect(names(0)).toEqual(['pages']);
    expect(rankFeatures([row('a', 1)], 'psi', 0).total).toBe(1);
  });

  it('takes the columns of the view as they are', () => {
    expect(rankFeatures([row('a', 1)], 'psi', 5).shown[0]).toMatchObject({ rows: 5, psi: 1 });
  });
});
