import { describe, expect, test } from '@jest/globals';
import { isWithin, parseDayHours } from './dayHours';
import { type MatchClause, parseMatch } from './matchClause';
import { matchTexts } from './matchTexts';

const clause = (text: string): MatchClause => {
  const parsed = parseMatch(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
};

describe('model_match', () => {
  test.each([
    ['equals:GPT-4o', 'gpt-4o', true],
    ['equals:gpt-4o', 'gpt-4o-mini', false],
    ['starts_with:claude-', 'claude-3', true],
    ['ends_with::free', 'x/y:free', true],
    ['contains:Nova', 'us.amazon.nova-lite', true],
    ['regex:^o[134]', 'o3-mini', true],
    ['regex:^(?!.* & )a', 'abc', true],
    ['starts_with:gemini-2.5 & regex:^(?!.*-tts)', 'gemini-2.5-pro', true],
    ['starts_with:gemini-2.5 & regex:^(?!.*-tts)', 'gemini-2.5-tts', false],
    ['equals:a & b', 'a & b', true],
  ])('%s and %s: %s', (text, model, matches) => {
    expect(clause(text).matches(model)).toBe(matches);
  });

  test('an exact name is more exact than a pattern, a longer prefix than a shorter one', () => {
    const ordered = [
      'equals:a',
      'regex:^a',
      'starts_with:abc',
      'starts_with:a',
      'ends_with:abcd',
      'contains:abcdef',
    ];
    const numbers = ordered.map((text) => clause(text).specificity);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    expect(new Set(numbers).size).toBe(ordered.length);
  });

  test('hours belong to the row, not to the name', () => {
    const { name, hours, equals } = clause('equals:x & hours:22:00-06:30');
    expect([name, equals]).toEqual(['equals:x', 'x']);
    const at = (time: string): boolean => isWithin(hours!, Date.parse(`2026-03-01T${time}Z`));
    expect([at('21:59:59.999'), at('22:00'), at('06:29:59'), at('06:30')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test.each([
    ['', 'kind:value'],
    ['gpt-4o', 'kind:value'],
    ['equals:', 'kind:value'],
    ['like:gpt', 'kind:value'],
    ['regex:(', 'regular expression'],
    ['hours:00:00-01:00', 'names no model'],
    ['equals:x & hours:25:00-01:00', 'HH:MM'],
  ])('refuses %p', (text, reason) => {
    expect(parseMatch(text)).toEqual(expect.stringContaining(reason));
  });

  test('hours that never or always hold are no hours', () => {
    expect(parseDayHours('10:00-10:00')).toBeUndefined();
    expect(parseDayHours('24:00-10:00')).toBeUndefined();
  });

  test('the logic of the book becomes one text for each alternative', () => {
    expect(
      matchTexts({
        or: [
          { equals: 'a' },
          { and: [{ starts_with: 'b' }, { or: [{ ends_with: 'c' }, { contains: 'd' }] }] },
        ],
      }),
    ).toEqual(['equals:a', 'starts_with:b & ends_with:c', 'starts_with:b & contains:d']);
  });
});
