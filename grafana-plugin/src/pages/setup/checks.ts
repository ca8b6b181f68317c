import type { Row } from '../../queries/rowsOf';
import { numberOf, textOf } from '../../queries/rowsOf';

/** `waiting`: nothing is wrong, but it has not happened yet. */
export type CheckState = 'ok' | 'failed' | 'warning' | 'waiting';

/** Numbers of a version, the first three; what is no number counts as 0. */
const partsOf = (version: string): readonly number[] =>
  version
    .split(/[.+-]/)
    .slice(0, 3)
    .map((part) => Number.parseInt(part, 10) || 0);

/** Whether a version is that or a later one; an unknown version (empty) is not. */
export const isAtLeast = (version: string, least: string): boolean => {
  if (version === '') return false;
  const [have, want] = [partsOf(version), partsOf(least)];
  const at = want.findIndex((part, index) => part !== (have[index] ?? 0));
  return at === -1 || (have[at] ?? 0) > want[at]!;
};

/** The oldest versions that work; plugin.json says the same of both. */
export const LEAST = { grafana: '12.4.0', dataSource: '4.10.0' } as const;

/** ml_ and otel_ tables and views: all there, some, or none: another database. */
export const tablesState = (row: Row): CheckState => {
  const missing = missingIn(row);
  if (missing.length === 0) return 'ok';
  return missing.length >= (numberOf(row, 'expected') ?? 0) ? 'failed' : 'warning';
};

export const missingIn = (row: Row): readonly string[] =>
  textOf(row, 'missing')
    .split(', ')
    .filter((name) => name !== '');

/** `spans`: telemetry comes, but no call of a model is in it. */
export type TelemetryFinding = 'calls' | 'spans' | 'nothing';

export const telemetryOf = (row: Row): TelemetryFinding => {
  if ((numberOf(row, 'models') ?? 0) > 0) return 'calls';
  return (numberOf(row, 'spans') ?? 0) > 0 ? 'spans' : 'nothing';
};
