import { describe, expect, test } from '@jest/globals';
import { NO_END_MS, type PriceRow } from '../../core/priceRow';
import { readOverrides } from './overrideFile';

function rowsOf(text: string): readonly PriceRow[] {
  const overrides = readOverrides(text);
  if (!overrides.ok) throw new Error(overrides.errors.join('\n'));
  return overrides.rows;
}
const errorsOf = (text: string): readonly string[] => {
  const overrides = readOverrides(text);
  return overrides.ok ? [] : overrides.errors;
};

const FULL = `
prices:
  - provider: Azure
    match: equals:gpt-4o
    model: gpt-4o
    tenant: search
    service_tier: Batch
    currency: EUR
    valid_from: 2026-01-01
    valid_to: 2026-07-01T12:00:00Z
    hours_utc: 00:30-16:30
    per_million: { input: 2.2, output_max: 0.000000001 }
    above:
      - { tokens: 200000, per_million: { input: 4.4 } }
    per_request: 0.001
    note: order form 17
`;

describe('the override file', () => {
  test('every key of an entry ends in the rows', () => {
    const common = {
      tenant: 'search',
      provider: 'azure',
      modelMatch: 'equals:gpt-4o & hours:00:30-16:30',
      modelId: 'gpt-4o',
      serviceTier: 'batch',
      currency: 'EUR',
      validFromMs: Date.UTC(2026, 0, 1),
      validToMs: Date.UTC(2026, 6, 1, 12),
      source: 'contracts',
      priceVersion: expect.stringMatching(/^contracts@[0-9a-f]{12}$/),
      rule: 'contract Azure:gpt-4o (order form 17)',
    };
    expect(rowsOf(FULL)).toEqual([
      { ...common, bucket: 'input', nanoPerMillion: 2.2e9, tierStartTokens: 0 },
      { ...common, bucket: 'output_max', nanoPerMillion: 1, tierStartTokens: 0 },
      { ...common, bucket: 'input', nanoPerMillion: 4.4e9, tierStartTokens: 200_000 },
      { ...common, bucket: 'request', nanoPerMillion: 1e12, tierStartTokens: 0 },
    ]);
  });

  test('defaults: every tenant, standard tier, USD, for ever; JSON is YAML', () => {
    const text = JSON.stringify({
      prices: [{ provider: '*', match: 'starts_with:llama', per_million: { input: 0 } }],
    });
    expect(rowsOf(text)).toEqual([
      expect.objectContaining({
        tenant: '',
        provider: '*',
        modelId: 'llama',
        serviceTier: '',
        currency: 'USD',
        validFromMs: 0,
        validToMs: NO_END_MS,
        nanoPerMillion: 0,
        rule: 'contract *:starts_with:llama',
      }),
    ]);
  });

  test('another text is another version', () => {
    const versions = ['prices: []', 'prices: [ ]'].map((text) => {
      const overrides = readOverrides(text);
      return overrides.ok ? overrides.version : '';
    });
    expect(new Set(versions).size).toBe(2);
  });

  const entry = (more: string): string =>
    `prices: [{ provider: x, match: "equals:y", per_million: { input: 1 }, ${more} }]`;

  test.each([
    ['per_million: { input: 1 }', /Map keys must be unique/],
    ['tier: batch', /^prices\[0\]\.tier: unknown key$/],
    ['currency: dollar', /^prices\[0\]\.currency "dollar": expected an ISO 4217 code$/],
    ['valid_from: 01.02.2026', /^prices\[0\]\.valid_from "01\.02\.2026": expected a date/],
    [
      'valid_from: 2026-02-01, valid_to: 2026-01-01',
      /^prices\[0\]\.valid_to "2026-01-01": must be after valid_from$/,
    ],
    ['hours_utc: 9-17', /^prices\[0\]\.hours_utc "9-17": expected HH:MM-HH:MM$/],
    ['above: [{ tokens: 0, per_million: { input: 1 } }]', /^prices\[0\]\.above\[0\]\.tokens 0: /],
    [
      'above: [{ tokens: 1, per_million: {} }]',
      /^prices\[0\]\.above\[0\]\.per_million \{\}: expected at least one price$/,
    ],
    ['per_request: -1', /^prices\[0\]\.per_request -1: /],
  ])('refuses %s', (more, error) => {
    expect(errorsOf(entry(more))).toEqual([expect.stringMatching(error)]);
  });

  test.each([
    ['input: cheap', /^prices\[0\]\.per_million\.input "cheap": /],
    ['input: -1', /^prices\[0\]\.per_million\.input -1: /],
    ['input: 0.0000000001', /^prices\[0\]\.per_million\.input 1e-10: more than nine decimals$/],
    ['tokens: 1', /^prices\[0\]\.per_million\.tokens 1: unknown bucket; known are input, /],
  ])('refuses a price of %s', (prices, error) => {
    const text = `prices: [{ provider: x, match: "equals:y", per_million: { ${prices} } }]`;
    expect(errorsOf(text)).toEqual([expect.stringMatching(error)]);
  });

  test.each([
    ['', /^the file/],
    ['- 1', /^the file/],
    ['prices: [', /./],
    ['a: &x [1]\nprices: [*x]', /aliases/],
    [
      'prices: [{ provider: x, match: gpt, per_million: { input: 1 } }]',
      /^prices\[0\]\.match "gpt": expected kind:value/,
    ],
    ['prices: [{ match: "equals:y", per_million: { input: 1 } }]', /^prices\[0\]\.provider: /],
  ])('refuses the file %p', (text, error) => {
    expect(errorsOf(text)[0]).toMatch(error);
  });
});
