/** What an oracle makes of a request; undefined when the request is cut off. */
export function rowsUnlessCut<Row>(decode: () => Row[]): Row[] | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
