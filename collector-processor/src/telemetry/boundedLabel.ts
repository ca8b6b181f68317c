/**
 * Keeps the number of time series finite: the first `limit` different values of a label stay as they are, later ones
 * become `other`. Long text is cut, because reasons can quote what a sender wrote.
 */
export const createBoundedLabel = (limit: number): ((value: string) => string) => {
  const seen = new Set<string>();
  return (value) => {
    const label = value.slice(0, 100);
    if (seen.has(label)) return label;
    if (seen.size >= limit) return 'other';
    seen.add(label);
    return label;
  };
};
