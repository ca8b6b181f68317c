import type { ReverseWriter } from './reverseWriter';

/** How one JSON value becomes the value of a protobuf field. */
export interface Scalar {
  readonly wire: 0 | 1 | 2 | 5;
  /**
   * Writes the value without its tag. Returns what was expected, in words that follow "is not", when the value cannot be
   * one; then nothing was written.
   */
  readonly write: (writer: ReverseWriter, value: unknown) => string | undefined;
}

export interface Field {
  readonly id: number;
  /** The lowerCamelCase name, which OTLP/JSON prescribes. */
  readonly name: string;
  readonly type: Scalar | Message;
  readonly repeated: boolean;
  /** A repeated number: its values stand in one run of bytes. */
  readonly packed: boolean;
}

/** A message as data: adding a signal adds tables of these, no code. */
export interface Message {
  /** At most one of the fields may be given. */
  readonly oneof: boolean;
  /** Field by name; built at first use, because AnyValue contains itself. */
  readonly fields: ReadonlyMap<string, Field>;
}

export const one = (id: number, name: string, type: Scalar | Message): Field => ({
  id,
  name,
  type,
  repeated: false,
  packed: false,
});

export const many = (id: number, name: string, type: Message): Field => ({
  id,
  name,
  type,
  repeated: true,
  packed: false,
});

export const packed = (id: number, name: string, type: Scalar): Field => ({
  id,
  name,
  type,
  repeated: true,
  packed: true,
});

const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);

function define(oneof: boolean, list: () => readonly Field[]): Message {
  let fields: Map<string, Field> | undefined;
  return {
    oneof,
    get fields() {
      // OTLP/JSON does not allow the names of the .proto file, proto3 JSON parsers must take them: ignoring them as
      // unknown fields would lose data without a word.
      fields ??= new Map(
        list().flatMap((field) => [
          [snakeCase(field.name), field],
          [field.name, field],
        ]),
      );
      return fields;
    },
  };
}

export const message = (list: () => readonly Field[]): Message => define(false, list);

/** A message that is nothing but one `oneof`. */
export const choice = (list: () => readonly Field[]): Message => define(true, list);
