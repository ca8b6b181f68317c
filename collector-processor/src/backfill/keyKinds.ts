import { InternTable } from '../otlp/internTable';
import type { Places } from './places';

/** Which attribute keys are read in a way of their own; all others are copied. */
export interface StoredKeys {
  /** Lists and maps that are stored as JSON and read element by element. */
  readonly nested: ReadonlySet<string>;
  /** What the store adds to the span of a call that it priced: the status, and the cost where it is our own. */
  readonly cost: { readonly status: string; readonly amount: readonly string[] };
  /** What the store adds to the resource of a named tenant. */
  readonly tenant: string;
}

/** Sorts of keys. */
export const KEY = {
  other: 0,
  nested: 1,
  costStatus: 2,
  costAmount: 3,
  tenant: 4,
  service: 5,
} as const;
type Key = (typeof KEY)[keyof typeof KEY];

export const SERVICE = 'service.name';

/** Finds the few keys that matter among those of a map. */
export class KeyKinds {
  /** By position in the map that was read last. */
  of = new Uint8Array(64);
  /** How many keys of each sort it has. */
  readonly counts = new Uint32Array(Object.keys(KEY).length);
  /** Whether any of the keys that matter is as long as this: most others are told by that alone. */
  private readonly lengths = new Uint8Array(256);
  private readonly table: InternTable<Key>;

  constructor({ nested, cost, tenant }: StoredKeys) {
    const kinds = new Map<string, Key>([
      ...[...nested].map((key) => [key, KEY.nested] as const),
      ...cost.amount.map((key) => [key, KEY.costAmount] as const),
      [cost.status, KEY.costStatus],
      [tenant, KEY.tenant],
      [SERVICE, KEY.service],
    ]);
    for (const key of kinds.keys()) this.lengths[Buffer.byteLength(key)] = 1;
    this.table = new InternTable(
      8192,
      (source, start, end) => kinds.get(source.toString('utf8', start, end)) ?? KEY.other,
    );
  }

  /** Reads the keys of the entries in [first, end) of `places`. */
  read(bytes: Buffer, { at: places }: Places, first: number, end: number): void {
    const { lengths, counts, table } = this;
    const size = (end - first) >> 2;
    if (this.of.length < size) this.of = new Uint8Array(2 * size);
    this.of.fill(KEY.other, 0, size);
    counts.fill(0);
    for (let index = 0, at = first; at < end; index++, at += 4) {
      const keyStart = places[at]!;
      const keyEnd = places[at + 1]!;
      if (lengths[keyEnd - keyStart] !== 1) continue;
      const kind = table.get(bytes, keyStart, keyEnd);
      this.of[index] = kind;
      counts[kind]!++;
    }
  }
}
