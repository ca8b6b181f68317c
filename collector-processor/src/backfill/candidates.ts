const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** What a span must have at least one of to be an inference; `normalize/recognisedKeys.ts` tells it. */
export interface CandidateMarks {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
  readonly events: readonly string[];
}

/** A condition that holds for every stored span that could be an inference, so that the others stay in the engine. */
export function candidateCondition({ keys, prefixes, events }: CandidateMarks): string {
  const starts = prefixes.map((prefix) => `startsWith(k, ${quoted(prefix)})`);
  const names = events.map((name) => `has(\`Events.Name\`, ${quoted(name)})`);
  const known = `k IN (${keys.map(quoted).join(', ')})`;
  return [
    `arrayExists(k -> ${[known, ...starts].join(' OR ')}, mapKeys(SpanAttributes))`,
    ...names,
  ].join(' OR ');
}
