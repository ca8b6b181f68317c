import { describe, expect, it } from '@jest/globals';
import type { Inference } from '../../collector-processor/src/core/inference';
import { onlyInference, type Value } from './normalizeSpans';

/** One canonical field and the keys that tell it. */
export interface AliasRow {
  readonly what: string;
  /** Keys in order of preference, as docs/conventions.md has them. */
  readonly keys: readonly string[];
  /** The value that the key at this place tells. */
  readonly told: (place: number) => Value;
  readonly read: (inference: Inference) => unknown;
  /** What must be read for the key at this place; as told if not given. */
  readonly expected?: (place: number) => unknown;
}

const CALL = { 'gen_ai.operation.name': 'chat' };
const as = ({ told, expected }: AliasRow, place: number): unknown => (expected ?? told)(place);

/** Tests for each key that it is read, that it hides those after it, and that it hides nothing when it is empty. */
export function describeAliases(rows: readonly AliasRow[]): void {
  const keys = rows.flatMap((row) =>
    row.keys.map((key, place) => ({ what: row.what, key, place, row })),
  );
  const pairs = rows.flatMap((row) =>
    row.keys
      .slice(1)
      .map((second, place) => ({ what: row.what, first: row.keys[place]!, second, place, row })),
  );

  describe('the alias table', () => {
    it.each(keys)('takes $what from $key', ({ key, place, row }) => {
      const inference = onlyInference({ attributes: { ...CALL, [key]: row.told(place) } });
      expect(row.read(inference)).toBe(as(row, place));
    });

    it.each(pairs)('believes $first before $second', ({ first, second, place, row }) => {
      const told = { [second]: row.told(place + 1), [first]: row.told(place) };
      const inference = onlyInference({ attributes: { ...CALL, ...told } });
      expect(row.read(inference)).toBe(as(row, place));
    });

    it.each(pairs)('goes past an empty or hidden $first to $second', (pair) => {
      const { first, second, place, row } = pair;
      for (const missing of ['', '__REDACTED__']) {
        const told = { [first]: missing, [second]: row.told(place + 1) };
        const inference = onlyInference({ attributes: { ...CALL, ...told } });
        expect(row.read(inference)).toBe(as(row, place + 1));
      }
    });
  });
}
