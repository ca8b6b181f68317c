import { isWhole, lineUp } from './compareSent';
import { comparisonLines, screenLines } from './demoView';

const addresses = {
  grpc: '127.0.0.1:4317',
  http: '127.0.0.1:4318',
  admin: '127.0.0.1:4319',
  clickhouse: 'http://127.0.0.1:8123',
};
const sent = { spans: { 'flight-delays': 1_500, 'support-assistant': 40 }, inferences: {} };
const score = {
  rows: 8_000,
  balancedAccuracy: 0.61,
  accuracy: 0.58,
  majorityAccuracy: 0.78,
  brier: 0.3,
  shareBrier: 0.35,
};

test('the screen says where everything is, how far the past is and what was stored', () => {
  const text = screenLines({
    addresses,
    elapsedMs: 42_000,
    status: {
      sent,
      history: { sent: 50_000, total: 200_000, state: 'sending' },
      planted: [],
      models: [{ name: 'flight-delays', score }],
      problems: [],
    },
    reading: { models: [], spans: 1_498 },
    findings: ['Nothing else pages.'],
  }).join('\n');
  expect(text).toContain('Plumbline demo 0:42');
  expect(text).toContain('OTLP gRPC 127.0.0.1:4317   OTLP HTTP http://127.0.0.1:4318/v1/traces');
  expect(text).toMatch(
    /curl http:\/\/127\.0\.0\.1:8123 --data-binary "SELECT [^"]+ FROM v_inferences [^"]+"/,
  );
  expect(text).toContain('flight-delays (Brier skill 0.14 on 8,000 held-out rows)');
  expect(text).toContain('50,000 of 200,000 (25%, sending)');
  expect(text).toContain('Spans sent 1,540, in the store 1,498');
  expect(text).toContain('Nothing else pages.');
  expect(text).not.toContain('does not answer');
});

test('the screen says that the store does not answer', () => {
  const lines = screenLines({
    addresses,
    elapsedMs: 1_000,
    status: { sent, planted: [], models: [], problems: [] },
    reading: { models: [], spans: 0 },
    findings: [],
    trouble: 'connect ECONNREFUSED',
  });
  expect(lines).toContain('Training the models …');
  expect(lines).toContain('The store does not answer: connect ECONNREFUSED');
});

test('nothing sent is not everything found', () => {
  expect(isWhole([])).toBe(false);
  expect(comparisonLines([])).toEqual(['Nothing was sent.']);
});

test('the reckoning is equal only when both sides agree, in both directions', () => {
  const even = lineUp('spans', { a: 3, b: 1_000 }, { b: 1_000, a: 3 });
  expect(isWhole(even)).toBe(true);
  expect(comparisonLines(even)).toEqual([
    '       of   sent  found  difference',
    'spans  a       3      3          ok',
    'spans  b   1,000  1,000          ok',
    'Every row sent was found.',
  ]);
  for (const [found, difference] of [
    [{ a: 2 }, '-1'],
    [{ a: 4 }, '+1'],
    [{}, '-3'],
    [{ a: 3, strange: 7 }, '+7'],
  ] as const) {
    const uneven = lineUp('model calls', { a: 3 }, found);
    expect(isWhole(uneven)).toBe(false);
    expect(comparisonLines(uneven).join('\n')).toContain(difference);
    expect(comparisonLines(uneven).at(-1)).toMatch(/^Not every row/);
  }
});
