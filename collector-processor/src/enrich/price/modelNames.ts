/** Names longer than this are nobody's model; no pattern is tried on them. */
const LONGEST_NAME = 256;

/** `-20240806` at the end of a part of the name, as some emitters shorten `-2024-08-06`. */
const SHORT_DATE = /-(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[-:]|$)/g;

/** Providers whose names may be paths: `models/gemini-2.5-pro`, `publishers/…/models/…`, ARNs of inference profiles. */
const PATHS: ReadonlySet<string> = new Set(['google', 'aws']);

/**
 * What a model name told by an emitter may be called in the price book, most literal first, in lower case.
 *
 * `prefixIsProvider` says whether the text before a `/` names the provider that is already known
 * (`azure/gpt-4o` told with provider azure).
 */
export function modelNames(
  told: string,
  provider: string,
  prefixIsProvider: (prefix: string) => boolean,
): readonly string[] {
  const name = told.trim().toLowerCase();
  if (name === '' || name.length > LONGEST_NAME) return [];
  const names = [name];
  const slash = name.indexOf('/');
  if (slash > 0 && prefixIsProvider(name.slice(0, slash))) names.push(name.slice(slash + 1));
  if (slash >= 0 && PATHS.has(provider)) names.push(name.slice(name.lastIndexOf('/') + 1));
  const dated = names.map((text) => text.replaceAll(SHORT_DATE, '-$1-$2-$3'));
  return [...new Set([...names, ...dated])];
}
