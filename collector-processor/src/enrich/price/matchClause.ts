import { type DayHours, parseDayHours } from './dayHours';

const KINDS = ['equals', 'starts_with', 'ends_with', 'contains', 'regex', 'hours'] as const;
type Kind = (typeof KINDS)[number];
const BETWEEN = new RegExp(` & (?=(?:${KINDS.join('|')}):)`);

/** What `model_match` of a price row says. */
export interface MatchClause {
  /** The one name it matches, lower case; undefined when it is a pattern. */
  readonly equals: string | undefined;
  /** Of two clauses that match a name, the one with the higher number is the more exact. */
  readonly specificity: number;
  /** Hours of the day the price holds in; undefined: all day. */
  readonly hours: DayHours | undefined;
  /** The text without its hours. */
  readonly name: string;
  /** `model` in lower case. */
  matches(model: string): boolean;
}

type Test = (model: string) => boolean;

function testOf(kind: Kind, value: string): Test {
  const text = value.toLowerCase();
  if (kind === 'equals') return (model) => model === text;
  if (kind === 'starts_with') return (model) => model.startsWith(text);
  if (kind === 'ends_with') return (model) => model.endsWith(text);
  if (kind === 'contains') return (model) => model.includes(text);
  const pattern = new RegExp(value);
  return (model) => pattern.test(model);
}

/** An exact name beats a regular expression, that a prefix, that a suffix, that a part; a longer text a shorter one. */
const WEIGHT = { equals: 4, regex: 3, starts_with: 2, ends_with: 1, contains: 0 };
const specificityOf = (kind: Exclude<Kind, 'hours'>, value: string): number =>
  WEIGHT[kind] * 1e6 + (kind === 'regex' ? 0 : value.length);

/**
 * Reads a match: `kind:value`, several joined by ` & ` when all must hold. Kinds: `equals`, `starts_with`, `ends_with`,
 * `contains` (case does not matter), `regex` (of the lower-case name), and `hours:HH:MM-HH:MM` (UTC; the end is
 * exclusive; it may pass midnight). Returns the reason as a text when it cannot be read.
 */
export function parseMatch(text: string): MatchClause | string {
  const tests: Test[] = [];
  const names: string[] = [];
  let equals: string | undefined;
  let specificity = -1;
  let hours: DayHours | undefined;
  for (const clause of text.split(BETWEEN)) {
    const colon = clause.indexOf(':');
    const kind = KINDS.find((name) => name === clause.slice(0, Math.max(colon, 0)));
    const value = clause.slice(colon + 1);
    if (kind === undefined || value === '') return `expected kind:value, kinds ${KINDS.join(', ')}`;
    if (kind === 'hours') {
      hours = parseDayHours(value);
      if (hours === undefined) return 'hours must be HH:MM-HH:MM';
      continue;
    }
    try {
      tests.push(testOf(kind, value));
    } catch {
      return 'the regular expression cannot be read';
    }
    names.push(clause);
    if (kind === 'equals') equals = value.toLowerCase();
    specificity = Math.max(specificity, specificityOf(kind, value));
  }
  if (tests.length === 0) return 'it names no model';
  return {
    equals,
    specificity,
    hours,
    name: names.join(' & '),
    matches: (model) => tests.every((test) => test(model)),
  };
}
