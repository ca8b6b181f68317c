/** Levenshtein distance: insertions, deletions and replacements that turn one word into the other. */
const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
};

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('.'), 0));

/**
 * The known path that an unknown one was probably meant to be: the most similar key beside it, else the same key
 * elsewhere. Undefined when nothing is similar (more than half of the letters differ), rather than a misleading guess.
 */
export const nearestKey = (unknown: string, known: readonly string[]): string | undefined => {
  const name = lastOf(unknown).toLowerCase();
  const score = (path: string): number => distance(name, lastOf(path).toLowerCase());
  const siblings = known
    .filter((path) => parentOf(path) === parentOf(unknown))
    .map((path) => ({ path, score: score(path) }))
    .sort((a, b) => a.score - b.score);
  const best = siblings[0];
  if (best && best.score <= name.length / 2) return best.path;
  return known.find((path) => score(path) === 0);
};
