/** The cases of `AnyValue` in opentelemetry/proto/common/v1/common.proto; `empty` is a value without any. */
export const VALUE_KIND = {
  empty: 0,
  text: 1,
  bool: 2,
  int: 3,
  double: 4,
  array: 5,
  map: 6,
  bytes: 7,
} as const;
export type ValueKind = (typeof VALUE_KIND)[keyof typeof VALUE_KIND];

/** The tag under which each kind stands in an `AnyValue`: fields 1 … 7. */
export const VALUE_TAG = {
  text: 10,
  bool: 16,
  int: 24,
  double: 33,
  array: 42,
  map: 50,
  bytes: 58,
} as const;
