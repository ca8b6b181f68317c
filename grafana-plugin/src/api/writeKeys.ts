export interface WriteKeys {
  /** The key of a write: the same for the same write until it is done. */
  keyOf(write: unknown): string;
  /** The last write was done: the same one again is a new one. */
  done(): void;
}

/** `crypto.randomUUID` is missing where Grafana is served without TLS. */
const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

/** Keys under which the API does a write once, however often it is sent. */
export const createWriteKeys = (random: () => string = randomKey): WriteKeys => {
  let last: { readonly write: string; readonly key: string } | undefined;
  return {
    keyOf(write) {
      const text = JSON.stringify(write);
      if (last?.write !== text) last = { write: text, key: random() };
      return last.key;
    },
    done() {
      last = undefined;
    },
  };
};
