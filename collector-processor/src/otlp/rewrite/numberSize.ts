/** Varints shorter than this are numbers of at most seven digits, which no detector looks at. */
export const SHORTEST_NUMBER = 4;

/** Whether a double with this highest byte may be a whole number of eleven digits or more: 2^33 to 2^65. */
export const isLargeDouble = (highest: number): boolean => highest === 0x42 || highest === 0x43;
