import type { ModelReading } from './readings';
import { tableLines } from './table';

const reading = (changes: Partial<ModelReading>): ModelReading => ({
  model: 'gpt-5-mini',
  version: 'gpt-5-mini-2025-08-07',
  convention: 'otel',
  calls: 120,
  errors: 2,
  p95Ms: 4_321.4,
  tokens: 345_678,
  cost: 0.012_34,
  currency: 'USD',
  pricedCalls: 118,
  costCalls: 118,
  ...changes,
});

const OWN = reading({
  model: 'acme-support-13b',
  version: '',
  convention: 'openllmetry',
  calls: 60,
  p95Ms: 12_345,
  cost: null,
  currency: '',
  pricedCalls: 0,
  costCalls: 60,
});
const FLIGHTS = reading({
  model: 'flight-delays',
  version: '1.0.0',
  convention: 'ml',
  calls: 720,
  errors: 0,
  p95Ms: 28,
  tokens: null,
  cost: null,
  currency: '',
  pricedCalls: 0,
  costCalls: 0,
});

test('shows each model and what is not known as such', () => {
  expect(tableLines([FLIGHTS, reading({}), OWN], 60)).toEqual([
    'model             version                convention   calls/s  errors       p95   tokens                   cost',
    'flight-delays     1.0.0                  ml              12.0       0     28 ms        -                      -',
    'gpt-5-mini        gpt-5-mini-2025-08-07  otel             2.0       2  4,321 ms  345,678  $0.0123 (100% priced)',
    'acme-support-13b  -                      openllmetry      1.0       2    12.3 s  345,678          - (0% priced)',
    'all               -                                      15.0       4         -  691,356   $0.0123 (66% priced)',
  ]);
});

test('a coverage below all is never rounded up to 100%', () => {
  const [, line] = tableLines([reading({ pricedCalls: 999, costCalls: 1_000 })], 60);
  expect(line).toContain('(99% priced)');
});

test('amounts in two currencies are not added', () => {
  const lines = tableLines([reading({}), reading({ currency: 'EUR', cost: 2 })], 60);
  expect(lines[2]).toContain('2.0000 EUR (100% priced)');
  expect(lines[3]).toMatch(/- \(100% priced\)$/);
});

test('says that nothing is there yet', () => {
  expect(tableLines([], 60)).toEqual(['waiting for the first rows …']);
});
