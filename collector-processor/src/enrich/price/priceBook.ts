import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ModelInfo, type Provider, waitForUpdate } from '@pydantic/genai-prices';
import type { PriceRow } from '../../core/priceRow';
import { bookPeriods } from './bookPrices';
import { parseMatch } from './matchClause';
import { matchTexts } from './matchTexts';

/** Start of the `price_version` of every row of the book. */
export const BOOK_PREFIX = 'genai-prices@';

/** The prices that this build came with. */
export interface PriceBook {
  /** `genai-prices@<package version>`. */
  readonly version: string;
  readonly rows: readonly PriceRow[];
}

/** Under which provider the models of another one are listed, and which of their names. */
interface Listing {
  readonly provider: string;
  readonly note: string;
  accepts(literal: string | undefined, model: ModelInfo): boolean;
}

function installedVersion(): string {
  const entry = require.resolve('@pydantic/genai-prices');
  const manifest: unknown = JSON.parse(
    readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'),
  );
  const { version } = manifest as { version: string };
  return `${BOOK_PREFIX}${version}`;
}

/** The name that a clause is about; undefined for a regular expression, which is about many. */
const literalOf = (text: string): string | undefined => {
  const first = text.split(' & ', 1)[0]!;
  return first.startsWith('regex:') ? undefined : first.slice(first.indexOf(':') + 1).toLowerCase();
};

type Matcher = (name: string) => boolean;

function matcherOf(texts: readonly string[]): Matcher {
  const clauses = texts.map((text) => {
    const clause = parseMatch(text);
    if (typeof clause === 'string') throw new Error(`match of the book: ${text}: ${clause}`);
    return clause;
  });
  return (name) => clauses.some((clause) => clause.matches(name));
}

function rowsOf(from: Provider, listing: Listing, version: string): PriceRow[] {
  return from.models.flatMap((model) => {
    const texts = [...new Set(matchTexts(model.match))].filter((text) =>
      listing.accepts(literalOf(text), model),
    );
    return bookPeriods(from, model).flatMap(({ fromMs, toMs, hours, prices }) =>
      texts.flatMap((text) =>
        prices.map((price) => ({
          tenant: '',
          provider: listing.provider,
          modelMatch: hours === '' ? text : `${text} & hours:${hours}`,
          modelId: model.id,
          serviceTier: '',
          ...price,
          currency: 'USD',
          validFromMs: fromMs,
          validToMs: toMs,
          priceVersion: version,
          rule: `${listing.provider || from.id}:${model.id}${listing.note}`,
        })),
      ),
    );
  });
}

/** Providers that sell others' models at the others' prices: what they do not list themselves, in the book's order. */
function resold(provider: Provider, providers: readonly Provider[], version: string): PriceRow[] {
  const listed = [matcherOf(provider.models.flatMap(({ match }) => matchTexts(match)))];
  return (provider.fallback_model_providers ?? []).flatMap((id) => {
    const other = providers.find((candidate) => candidate.id === id);
    if (other === undefined) return [];
    const before = [...listed];
    listed.push(matcherOf(other.models.flatMap(({ match }) => matchTexts(match))));
    const listing: Listing = {
      provider: provider.id,
      note: `, at the price of ${id}`,
      accepts: (literal) => literal === undefined || !before.some((matches) => matches(literal)),
    };
    return rowsOf(other, listing, version);
  });
}

/** For calls that tell no provider: models whose name is one provider's alone, as the book's own `model_match` sees it. */
function assumed(providers: readonly Provider[], version: string): PriceRow[] {
  const owners = providers.flatMap((provider) =>
    provider.model_match === undefined
      ? []
      : [{ provider, matches: matcherOf(matchTexts(provider.model_match)) }],
  );
  return owners.flatMap(({ provider }) => {
    const ownsAlone = (name: string): boolean => {
      const found = owners.filter(({ matches }) => matches(name));
      return found.length === 1 && found[0]!.provider === provider;
    };
    const listing: Listing = {
      provider: '',
      note: ', provider assumed from the model name',
      accepts: (literal, model) => ownsAlone(literal ?? model.id.toLowerCase()),
    };
    return rowsOf(provider, listing, version);
  });
}

/** The whole price book as rows of `ml_prices`. */
export async function readPriceBook(): Promise<PriceBook> {
  const version = installedVersion();
  const providers = (await waitForUpdate()) ?? [];
  const rows = providers.flatMap((provider) => [
    ...rowsOf(provider, { provider: provider.id, note: '', accepts: () => true }, version),
    ...resold(provider, providers, version),
  ]);
  return { version, rows: [...rows, ...assumed(providers, version)] };
}
