export function textsInCode(folder: string): {
  readonly texts: ReadonlyMap<string, string>;
  readonly bad: readonly string[];
};
