/** The bytes are not the message they claim to be. `offset` is where decoding stopped. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly offset: number;

  constructor(message: string, offset = -1) {
    super(offset < 0 ? message : `${message} (at byte ${offset})`);
    this.offset = offset;
  }
}

/** A limit of the configuration was hit. `limit` is its configuration key. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
  readonly limit: string;

  constructor(limit: string, message: string) {
    super(message);
    this.limit = limit;
  }
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
