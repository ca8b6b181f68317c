import type { MatchLogic } from '@pydantic/genai-prices';

/**
 * A match of the price book as `model_match` texts, one for each alternative: `or` makes several texts, `and` joins
 * clauses with ` & `.
 */
export function matchTexts(match: MatchLogic): string[] {
  if ('or' in match) return match.or.flatMap(matchTexts);
  if ('and' in match)
    return match.and
      .map(matchTexts)
      .reduce((sofar, next) => sofar.flatMap((left) => next.map((right) => `${left} & ${right}`)));
  return Object.entries(match).map(([kind, value]) => `${kind}:${value}`);
}
