/** @jest-environment node */
import { createWriteKeys } from './writeKeys';

const numbered = () => {
  let count = 0;
  return createWriteKeys(() => String(++count));
};

describe('the key of a write', () => {
  it('stays while the same is sent again, and changes with what is sent', () => {
    const keys = numbered();
    expect(keys.keyOf({ stage: 'production' })).toBe('1');
    expect(keys.keyOf({ stage: 'production' })).toBe('1');
    expect(keys.keyOf({ stage: 'archived' })).toBe('2');
  });

  it('is a new one once the write is done', () => {
    const keys = numbered();
    keys.keyOf({ stage: 'production' });
    keys.done();
    expect(keys.keyOf({ stage: 'production' })).toBe('2');
  });

  it('is hard to guess and fits the API', () => {
    const [first, second] = [createWriteKeys().keyOf(1), createWriteKeys().keyOf(1)];
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(second).not.toBe(first);
  });
});
