/** ClickHouse's error codes that this program raises itself. Those of the engine are passed on as they come. */
export const CLICKHOUSE_CODES = {
  BAD_ARGUMENTS: 36,
  NOT_IMPLEMENTED: 48,
  SYNTAX_ERROR: 62,
  UNKNOWN_FORMAT: 73,
  UNKNOWN_COMPRESSION_METHOD: 89,
  UNKNOWN_SETTING: 115,
  TIMEOUT_EXCEEDED: 159,
  READONLY: 164,
  TOO_MANY_SIMULTANEOUS_QUERIES: 202,
  QUERY_IS_TOO_LARGE: 229,
  ABORTED: 236,
  ZLIB_INFLATE_FAILED: 354,
  INTO_OUTFILE_NOT_ALLOWED: 358,
  SESSION_NOT_FOUND: 372,
  INVALID_SESSION_TIMEOUT: 374,
  TOO_MANY_ROWS_OR_BYTES: 396,
  ACCESS_DENIED: 497,
  UNKNOWN_ROLE: 511,
  AUTHENTICATION_FAILED: 516,
  STD_EXCEPTION: 1001,
} as const;

export type ClickHouseErrorName = keyof typeof CLICKHOUSE_CODES;

/** A request refused or failed, as ClickHouse tells it: drivers take the code and the name out of this text. */
export class ClickHouseError extends Error {
  override readonly name = 'ClickHouseError';
  readonly code: number;

  private constructor(code: number, text: string) {
    super(text);
    this.code = code;
  }

  static of(name: ClickHouseErrorName, reason: string): ClickHouseError {
    const code = CLICKHOUSE_CODES[name];
    return new ClickHouseError(code, `Code: ${code}. DB::Exception: ${reason} (${name})`);
  }

  /**
   * From whatever the engine threw. The addon puts `Query failed:` in front, repeats the `Code: N. DB::Exception:` of
   * nested errors and leaves the version of the inner ones in the text; drivers expect each once.
   */
  static from(error: unknown): ClickHouseError {
    if (error instanceof ClickHouseError) return error;
    const told = error instanceof Error ? error.message : String(error);
    const found = /Code: (\d+)\. DB::Exception: /.exec(told);
    if (found === null) return ClickHouseError.of('STD_EXCEPTION', told.trim());
    const code = Number(found[1]);
    const text = told
      .slice(found.index)
      .trim()
      .replace(/^(Code: \d+\. DB::Exception: )(?:Code: \d+\. DB::Exception: )+/, '$1')
      .replace(/^([^]*?\([A-Z][A-Z0-9_]+\))(?: \(version [^)]*\)\.? \([A-Z][A-Z0-9_]+\))+$/, '$1');
    return new ClickHouseError(code, text);
  }

  /** The same error with other words. */
  rewrite(change: (text: string) => string): ClickHouseError {
    return new ClickHouseError(this.code, change(this.message));
  }

  /** The line that a client reads; `version` is that of the engine. */
  describe(version: string): string {
    return `${this.message} (version ${version} (official build))`;
  }
}
