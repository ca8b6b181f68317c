/** Answers that are kept; names of scopes and providers are few, and beyond it each is worked out anew. */
const MAX_ANSWERS = 1_000;
/** A longer text is not kept: no name is so long. */
const MAX_LENGTH = 128;

/** A function of a name that remembers its answers, as far as they are bounded. */
export function remember<T>(work: (name: string) => T): (name: string) => T {
  const answers = new Map<string, T>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined || answers.has(name)) return known as T;
    const answer = work(name);
    if (answers.size < MAX_ANSWERS && name.length <= MAX_LENGTH) answers.set(name, answer);
    return answer;
  };
}
