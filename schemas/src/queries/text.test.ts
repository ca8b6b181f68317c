import { quoteText, quoteTexts } from './text';

describe('quoteText', () => {
  it.each([
    ['fraud', "'fraud'"],
    ["'; DROP TABLE ml_models --", "'\\'; DROP TABLE ml_models --'"],
    ['a\\', "'a\\\\'"],
    ['${model}', "'\\x24{model}'"],
    ['$__timeFilter(time)', "'\\x24__timeFilter(time)'"],
    ['', "''"],
  ])('writes %j as %s', (text, literal) => {
    expect(quoteText(text)).toBe(literal);
  });
});

describe('quoteTexts', () => {
  it('lists literals, and matches nothing when there are none', () => {
    expect(quoteTexts(['a', "b'"])).toBe("'a', 'b\\''");
    expect(quoteTexts([])).toBe('NULL');
  });
});
