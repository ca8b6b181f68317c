import type { FieldType, FrameField } from './frame';

/** Type of the field and of the Go value behind it, by ClickHouse type without its wrappers; the first that matches. */
const TYPES: readonly (readonly [RegExp, FieldType, (type: string) => string])[] = [
  [/^Date(32|Time(64)?)?(\(|$)/, 'time', () => 'time.Time'],
  [/^U?Int(8|16|32|64)$/, 'number', (type) => type.toLowerCase()],
  [/^(Float(32|64)|Decimal|U?Int(128|256)|BFloat16)/, 'number', () => 'float64'],
  [/^Bool$/, 'boolean', () => 'bool'],
  [/^(String|FixedString|Enum|IPv[46]|UUID)/, 'string', () => 'string'],
];

const WRAPPER = /^(LowCardinality|Nullable|SimpleAggregateFunction)\((.*)\)$/;

/** The field that the data source makes of a column. */
export function fieldOf(name: string, type: string): FrameField {
  const wrapped = WRAPPER.exec(type);
  if (wrapped !== null) {
    const [, wrapper, inner] = wrapped;
    const last = wrapper === 'SimpleAggregateFunction' ? inner!.replace(/^\w+, /, '') : inner!;
    const field = fieldOf(name, last);
    if (wrapper !== 'Nullable') return field;
    return { ...field, typeInfo: { ...field.typeInfo, nullable: true } };
  }
  const found = TYPES.find(([pattern]) => pattern.test(type));
  if (found === undefined) return { name, type: 'other', typeInfo: { frame: 'json.RawMessage' } };
  const [, kind, frame] = found;
  const nullable = type === 'UUID' ? ({ nullable: true } as const) : {};
  return { name, type: kind, typeInfo: { frame: frame(type), ...nullable } };
}
