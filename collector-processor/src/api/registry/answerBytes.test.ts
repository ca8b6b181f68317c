import { answerBytes } from './answerBytes';
import type { Snapshot } from './snapshot';

const snapshot = (takenAtMs: number): Snapshot => ({ takenAtMs, versions: [], truncated: false });
const read = (bytes: Buffer): unknown => JSON.parse(bytes.toString());

describe('answers of a snapshot', () => {
  test('are written once, but for their age', () => {
    const taken = snapshot(1000);
    let asked = 0;
    const fields = () => {
      asked += 1;
      return { models: '["ü"]' };
    };
    const told = { models: ['ü'], as_of: '1970-01-01T00:00:01.000Z' };
    expect(read(answerBytes(taken, 'a', fields, 1500))).toEqual({ ...told, age_ms: 500 });
    expect(read(answerBytes(taken, 'a', fields, 2500))).toEqual({ ...told, age_ms: 1500 });
    // A clock that was set back makes nothing younger than new.
    expect(read(answerBytes(taken, 'a', fields, 0))).toEqual({ ...told, age_ms: 0 });
    expect(asked).toBe(1);
  });

  test('are those of their question and of their snapshot', () => {
    const [first, second] = [snapshot(1000), snapshot(2000)];
    const of = (taken: Snapshot, question: string, name: string) =>
      read(answerBytes(taken, question, () => ({ name: JSON.stringify(name) }), 3000));
    expect(of(first, 'a', 'x')).toMatchObject({ name: 'x', age_ms: 2000 });
    expect(of(first, 'b', 'y')).toMatchObject({ name: 'y' });
    expect(of(second, 'a', 'z')).toMatchObject({ name: 'z', age_ms: 1000 });
  });

  test('are not kept without bounds', () => {
    const taken = snapshot(0);
    const large = JSON.stringify('x'.repeat(9 * 1024 * 1024));
    let asked = 0;
    const fields = () => {
      asked += 1;
      return { large };
    };
    for (const question of ['a', 'b', 'a', 'b']) answerBytes(taken, question, fields, 0);
    expect(asked).toBe(3);
  });
});
