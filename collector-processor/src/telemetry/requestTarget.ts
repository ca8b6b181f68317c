/** Encodings of what a path must not hold, encoded once more (`%25`) too. */
const ENCODED = /%(?:2e|2f|5c|25|00)/i;
/** Printable ASCII without what other servers read as something else. */
const CHARACTERS = /^\/[!$-Z^_a-z~[\]@]*$/;
const DOTS = /^\.{1,2}(?:;|$)/;

/**
 * Whether the path of a raw request target names one place only, whoever reads it: no `.` or `..` segment, no `//`, no
 * backslash, none of them encoded in any way. A proxy decides by the path as it stands, so what stands for another path
 * must never be followed.
 */
export function isPlainTarget(target: string): boolean {
  const path = target.split('?', 1)[0]!;
  if (!CHARACTERS.test(path) || path.includes('//') || ENCODED.test(path)) return false;
  if (path.split('/').some((segment) => DOTS.test(segment))) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
