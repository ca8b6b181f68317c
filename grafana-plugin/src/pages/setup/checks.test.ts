/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAtLeast, LEAST, missingIn, tablesState, telemetryOf } from './checks';

describe('versions', () => {
  it.each([
    ['12.4.0', '12.4.0', true],
    ['12.4.0-pre', '12.4.0', true],
    ['13.0.0', '12.4.0', true],
    ['12.10.0', '12.4.0', true],
    ['12.3.9', '12.4.0', false],
    ['4.9', '4.10.0', false],
    ['', '4.10.0', false],
  ])('%s is at least %s: %s', (version, least, expected) => {
    expect(isAtLeast(version, least)).toBe(expected);
  });

  it('are those that plugin.json asks for', () => {
    const { dependencies } = JSON.parse(
      readFileSync(join(__dirname, '../../plugin.json'), 'utf8'),
    ) as {
      readonly dependencies: {
        readonly grafanaDependency: string;
        readonly plugins: readonly { readonly version: string }[];
      };
    };
    expect(dependencies.grafanaDependency).toBe(`>=${LEAST.grafana}`);
    expect(dependencies.plugins.map(({ version }) => version)).toEqual([`>=${LEAST.dataSource}`]);
  });
});

describe('what the database tells', () => {
  it.each([
    [{ missing: '', expected: 3 }, 'ok'],
    [{ missing: 'a', expected: 3 }, 'warning'],
    [{ missing: 'a, b, c', expected: 3 }, 'failed'],
  ])('%j: %s', (row, state) => {
    expect(tablesState(row)).toBe(state);
  });

  it('names what is missing', () => {
    expect(missingIn({ missing: 'a, b' })).toEqual(['a', 'b']);
  });

  it.each([
    [{ models: 1, spans: 0 }, 'calls'],
    [{ models: 0, spans: 5 }, 'spans'],
    [{ models: 0, spans: 0 }, 'nothing'],
  ])('%j: %s', (row, finding) => {
    expect(telemetryOf(row)).toBe(finding);
  });
});
