import { parseBenchOptions } from './benchOptions';
import { FIGURES } from './figures';

const LONG = 'rss_growth_mb_10min';

test('without options all figures but the long ones are measured five times', () => {
  const options = parseBenchOptions([]);
  expect(options).toMatchObject({ json: false, quick: false, runs: 5, seconds: undefined });
  const usual = FIGURES.map(({ name }) => name).filter((name) => name !== LONG);
  expect([...options.only]).toEqual(usual);
});

test('a long figure is measured with --long, or when it is named', () => {
  expect([...parseBenchOptions(['--long']).only]).toEqual(FIGURES.map(({ name }) => name));
  expect([...parseBenchOptions(['--only', LONG]).only]).toEqual([LONG]);
});

test('options are read', () => {
  const options = parseBenchOptions([
    '--json',
    '--quick',
    '--only',
    'visible_p50_ms,rss_peak_mb',
    '--seconds',
    '9',
  ]);
  expect(options).toMatchObject({ json: true, quick: true, runs: 1, seconds: 9 });
  expect([...options.only]).toEqual(['visible_p50_ms', 'rss_peak_mb']);
});

test.each([
  [['--only', 'speed'], 'there is no figure speed'],
  [['--runs', '0'], '--runs must be a whole number from 1'],
  [['--seconds', '1.5'], '--seconds must be a whole number from 1'],
  [['--fast'], '--fast'],
])('%p is refused', (argv, reason) => {
  expect(() => parseBenchOptions(argv)).toThrow(reason);
});
