import { scopeConditions, whereInRange } from './scope';

describe('scopeConditions', () => {
  it('quotes texts and refers to variables, in the order of the key', () => {
    expect(scopeConditions({ model: { variable: 'model' }, tenant: ["o'neil"] })).toEqual([
      "tenant IN ('o\\'neil')",
      "('__all' IN (${model:singlequote}) OR model IN (${model:singlequote}))",
    ]);
  });

  it('restricts nothing that is not named', () => {
    expect(scopeConditions({})).toEqual([]);
  });
});

describe('whereInRange', () => {
  it('puts the time first', () => {
    expect(whereInRange({ model: ['fraud'] }, 'page = 1')).toBe(
      "WHERE $__timeFilter(time) AND model IN ('fraud') AND page = 1",
    );
  });
});
