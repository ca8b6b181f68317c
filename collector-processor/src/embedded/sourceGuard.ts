import { ClickHouseError } from './clickHouseError';
import type { SqlToken } from './sqlTokens';

/** What a statement could reach outside of the data directory, by the names that this engine knows. */
export interface SourceGuard {
  /** Throws code 497 when the statement would read or write files, other servers or URLs. */
  check(tokens: readonly SqlToken[]): void;
}

/** Table functions that only compute, or read what is in the data directory. */
const SAFE_FUNCTIONS = new Set(
  `numbers numbers_mt zeros zeros_mt primes generateRandom generateSeries generate_series values null view viewIfPermitted
  viewExplain merge dictionary format fuzzJSON fuzzQuery loop eval input SQLStandardValues mergeTreeIndex
  mergeTreeProjection mergeTreeTextIndex mergeTreeAnalyzeIndexes mergeTreeAnalyzeIndexesUUID timeSeriesData timeSeriesTags
  timeSeriesMetrics timeSeriesSamples timeSeriesSelector prometheusQuery prometheusQueryRange`.split(
    /\s+/,
  ),
);

const SAFE_ENGINES = new Set(
  `Memory Log TinyLog StripeLog Null View MaterializedView WindowView Buffer Merge Set Join Dictionary GenerateRandom Alias Loop
  TimeSeries FuzzJSON FuzzQuery Atomic Ordinary`.split(/\s+/),
);

/** Scalar functions that read files or run programs, and the `disk(…)` of a table's settings. */
const UNSAFE_SCALARS = ['file', 'catboostEvaluate', 'disk'];

const isSafeEngine = (name: string): boolean =>
  SAFE_ENGINES.has(name) || name.endsWith('MergeTree');

/**
 * The engine runs with all rights of its process: a `file('/home/…/.ssh/id_rsa')` sent to the loopback by any local user
 * would be read for him, so nothing outside of the data directory can be named unless `externalSources` is set.
 * `functions` and `engines` are what this engine offers, so a new one is refused until it is looked at here.
 */
export function createSourceGuard(
  functions: readonly string[],
  engines: readonly string[],
): SourceGuard {
  const unsafeFunctions = new Set(
    [...functions.filter((name) => !SAFE_FUNCTIONS.has(name)), ...UNSAFE_SCALARS].map((name) =>
      name.toLowerCase(),
    ),
  );
  const unsafeEngines = new Set(
    engines.filter((name) => !isSafeEngine(name)).map((name) => name.toLowerCase()),
  );

  return {
    check(tokens) {
      const words = tokens.map((token) =>
        token.kind === 'word' || token.kind === 'name' ? token.value.toLowerCase() : '',
      );
      const first = words[0] ?? '';
      if (['backup', 'restore'].includes(first)) throw refused(first.toUpperCase());
      if (first === 'attach' && words.includes('from')) throw refused('ATTACH … FROM');
      tokens.forEach((token, at) => {
        const word = words[at]!;
        if (word === '') return;
        const next = tokens[at + 1];
        const opens = next?.kind === 'sign' && next.value === '(';
        if (opens && unsafeFunctions.has(word)) throw refused(`${token.value}()`);
        if (word === 'engine') checkEngine(words, tokens, at);
        if (word === 'source' && opens) throw refused('SOURCE of a dictionary');
        const file = words[at + 1];
        if (word === 'into' && file === 'outfile')
          throw ClickHouseError.of('INTO_OUTFILE_NOT_ALLOWED', 'INTO OUTFILE is not allowed');
        if (word === 'from' && file === 'infile') throw refused('FROM INFILE');
      });
    },
  };

  function checkEngine(words: readonly string[], tokens: readonly SqlToken[], at: number): void {
    const sign = tokens[at + 1];
    const nameAt = sign?.kind === 'sign' && sign.value === '=' ? at + 2 : at + 1;
    const name = words[nameAt] ?? '';
    if (unsafeEngines.has(name)) throw refused(`ENGINE = ${tokens[nameAt]!.value}`);
  }
}

const refused = (what: string): ClickHouseError =>
  ClickHouseError.of(
    'ACCESS_DENIED',
    `${what} is not allowed: the embedded engine reads and writes nothing outside of its data directory`,
  );
