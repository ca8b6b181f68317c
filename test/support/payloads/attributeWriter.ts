import type { ProtoWriter } from './protoWriter';

const KEY = 1;
const VALUE = 2;
const ANY = { string: 1, bool: 2, int: 3, double: 4, array: 5 } as const;

/** Writes OTLP `KeyValue` messages into one attribute field and counts them. */
export interface AttributeWriter {
  readonly written: number;
  text(key: string, value: string): void;
  /** See `ProtoWriter.uniqueText`. */
  uniqueText(key: string, prefix: string, hex: string): void;
  texts(key: string, values: readonly string[]): void;
  int(key: string, value: number): void;
  double(key: string, value: number): void;
  bool(key: string, value: boolean): void;
}

/** `field` is the number of the attribute field in the message that is open in `writer`. */
export function createAttributeWriter(writer: ProtoWriter, field: number): AttributeWriter {
  let written = 0;
  const pair = (key: string, write: () => void): void => {
    writer.begin(field);
    writer.text(KEY, key);
    writer.begin(VALUE);
    write();
    writer.end();
    writer.end();
    written++;
  };
  return {
    get written() {
      return written;
    },
    text: (key, value) => {
      pair(key, () => {
        writer.text(ANY.string, value);
      });
    },
    uniqueText: (key, prefix, hex) => {
      pair(key, () => {
        writer.uniqueText(ANY.string, prefix, hex);
      });
    },
    texts: (key, values) => {
      pair(key, () => {
        writer.begin(ANY.array);
        for (const value of values) {
          writer.begin(1);
          writer.text(ANY.string, value);
          writer.end();
        }
        writer.end();
      });
    },
    int: (key, value) => {
      pair(key, () => {
        writer.uint(ANY.int, value);
      });
    },
    double: (key, value) => {
      pair(key, () => {
        writer.double(ANY.double, value);
      });
    },
    bool: (key, value) => {
      pair(key, () => {
        writer.uint(ANY.bool, value ? 1 : 0);
      });
    },
  };
}
