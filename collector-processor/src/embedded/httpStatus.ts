const BY_STATUS: readonly (readonly [status: number, codes: readonly number[]])[] = [
  // Here ClickHouse says 403 when it was given a wrong password; 401 is what makes clients ask for another one.
  [401, [194, 516]],
  [403, [192, 193, 497, 512]],
  [
    400,
    [
      6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 167, 168, 223, 321, 376, 427, 441,
      675, 676,
    ],
  ],
  [404, [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511]],
  [408, [159]],
  [411, [381]],
  [413, [229]],
  [501, [48]],
  [503, [76, 209, 439]],
];

const STATUS = new Map(BY_STATUS.flatMap(([status, codes]) => codes.map((code) => [code, status])));

/** The HTTP status that goes with a ClickHouse error code, as a ClickHouse server answers; 500 for all others. */
export const httpStatus = (code: number): number => STATUS.get(code) ?? 500;
