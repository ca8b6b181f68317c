import { NO_FAULTS, plantFaults } from './faults';
import { findingLines } from './findingLines';
import { type Alarm, matchFindings } from './findings';
import { HOUR_MS } from './seasons';

const untilMs = Date.UTC(2026, 10, 20, 12, 30);
const faults = plantFaults(untilMs);
const [drift, nulls, change] = faults.planted as [
  (typeof faults.planted)[0],
  (typeof faults.planted)[0],
  (typeof faults.planted)[0],
];
const alarm = (parts: Partial<Alarm>): Alarm => ({
  kind: 'drift',
  model: drift.model,
  feature: drift.feature,
  atMs: drift.sinceMs + HOUR_MS,
  foundMs: drift.sinceMs + 2 * HOUR_MS,
  evidence: 'mean up 0.80 sd',
  ...parts,
});

test('all faults are of the last day, and change what is told from their time on only', () => {
  for (const { sinceMs } of faults.planted) {
    expect(untilMs - sinceMs).toBeLessThan(24 * HOUR_MS);
    expect(sinceMs).toBeLessThan(untilMs - 3 * HOUR_MS);
  }
  const flight = { 'ml.feature.distance': 100 };
  expect(faults.told('flight-delays', drift.sinceMs - 1, flight)).toEqual(flight);
  expect(faults.told('flight-delays', drift.sinceMs, flight)).toEqual({
    'ml.feature.distance': 161,
  });
  const day = { 'ml.feature.wind': 3, 'ml.feature.month': 1 };
  expect(faults.told('seattle-weather', nulls.sinceMs, day)).toEqual({ 'ml.feature.month': 1 });
  expect(faults.mini(change.sinceMs).answered).not.toBe(faults.mini(change.sinceMs - 1).answered);
  expect(NO_FAULTS.mini(change.sinceMs)).toEqual(faults.mini(change.sinceMs - 1));
});

test('the first alarm that tells a fault gives its delay; later ones and other features are explained', () => {
  const findings = matchFindings(faults.planted, [
    alarm({ feature: '@prediction', foundMs: drift.sinceMs + HOUR_MS }),
    alarm({}),
    alarm({ foundMs: drift.sinceMs + 5 * HOUR_MS }),
  ]);
  expect(findings.others).toEqual([]);
  expect(findings.found[0]).toMatchObject({ fault: drift, delayMs: 2 * HOUR_MS });
  expect(findings.found[1]!.alarm).toBeUndefined();
  const text = findingLines(findings, 1_000).join('\n');
  expect(text).toMatch(/FOUND after 2.0 h of data {2}flight-delays, distance/);
  expect(text).toContain('mean up 0.80 sd');
  expect(text).toMatch(/not found yet {2}seattle-weather, wind/);
  expect(text).toContain('Nothing else pages. Hours of models looked at: 1,000');
});

test('an alarm from before its fault, or of a model without one, is explained by nothing', () => {
  const early = alarm({ atMs: drift.sinceMs - 3 * HOUR_MS });
  const other = alarm({ model: 'claude-sonnet-4-5' });
  expect(matchFindings(faults.planted, [early, other]).others).toEqual([early, other]);
  const quiet = findingLines(matchFindings([], [early]), 5).join('\n');
  expect(quiet).toContain('Nothing is wrong in these 14 days.');
  expect(quiet).toContain('Pages that nothing planted explains: 1');
});
