import type { Detector, Surroundings } from './detector';

export interface Found {
  readonly detector: Detector;
  readonly start: number;
  readonly end: number;
}

/**
 * What the detectors find in a text, in its order, no two overlapping: the earlier detector of the list wins.
 * `traits` are the text's: a detector without its trait is not asked.
 */
export function findValues(
  detectors: readonly Detector[],
  traits: number,
  around: Surroundings,
): readonly Found[] {
  const found: Found[] = [];
  for (const detector of detectors) {
    if ((traits & detector.trait) === 0) continue;
    const { pattern } = detector;
    pattern.lastIndex = 0;
    for (;;) {
      const match = pattern.exec(around.text);
      if (match === null) break;
      const start = match.index;
      const end = detector.endOf(match[0], start, around);
      if (end > start && !found.some((other) => start < other.end && other.start < end)) {
        found.push({ detector, start, end });
        pattern.lastIndex = end;
      } else {
        pattern.lastIndex = Math.max(start + 1, end);
      }
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
