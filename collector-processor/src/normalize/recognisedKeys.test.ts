import { describe, expect, test } from '@jest/globals';
import { ALIASES, PREFIX } from './aliases';
import { compileKeyPlan } from './keyPlan';
import { RECORD_EVENTS } from './records/recordEvents';
import { recognisedKeys } from './recognisedKeys';

const { keys, prefixes, events } = recognisedKeys();
const isCandidate = (key: string): boolean =>
  keys.includes(key) || prefixes.some((prefix) => key.startsWith(prefix));

describe('recognisedKeys', () => {
  test.each([...Object.values(ALIASES).flat(), ...Object.values(PREFIX).map((p) => `${p}x`)])(
    '%s is asked for when the normaliser would look at a span with it, and else at most as one of a prefix',
    (key) => {
      const { isGenAi, isPrediction, records } = compileKeyPlan([key]);
      if (isGenAi || isPrediction || records !== 0) expect(isCandidate(key)).toBe(true);
      else expect(keys).not.toContain(key);
    },
  );

  test('what only describes a process is not asked for', () => {
    expect(keys).toContain('gen_ai.request.model');
    expect(prefixes).toContain('ml.feature.');
    expect(events).toEqual(['ml.prediction', ...RECORD_EVENTS.keys()]);
    expect(isCandidate('service.name')).toBe(false);
    expect(isCandidate('error.type')).toBe(false);
  });
});
