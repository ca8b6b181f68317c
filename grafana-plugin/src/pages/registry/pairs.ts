export type Pairs =
  | { readonly state: 'read'; readonly pairs: Readonly<Record<string, string>> }
  | { readonly state: 'wrong'; readonly line: string };

/** Lines `name = value` as a record; the first line that is none is told. */
export const readPairs = (text: string): Pairs => {
  const pairs: [string, string][] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const at = line.indexOf('=');
    const [name, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    if (at < 1 || name === '' || value === '') return { state: 'wrong', line };
    pairs.push([name, value]);
  }
  return { state: 'read', pairs: Object.fromEntries(pairs) };
};

export const writePairs = (pairs: Readonly<Record<string, string>>): string =>
  Object.entries(pairs)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n');
