import { formatTable, reportFigures } from './report';

test('the median decides whether a goal holds, in the direction of the figure', () => {
  const figures = reportFigures({
    spans_own_cpu_s_per_m: [9, 5, 5.5],
    spans_per_s_committed: [54_000, 54_999, 90_000],
    spans_total_cpu_s_per_m: [18],
    sdk_lost_spans: [0, 7, 0],
  });
  expect(figures).toEqual([
    { name: 'spans_own_cpu_s_per_m', value: 5.5, unit: 's', goal: 5.5, holds: true },
    { name: 'spans_per_s_committed', value: 54_999, unit: '1/s', goal: 55_000, holds: false },
    { name: 'spans_total_cpu_s_per_m', value: 18, unit: 's', goal: null, holds: null },
    { name: 'sdk_lost_spans', value: 0, unit: 'spans', goal: 0, holds: true },
  ]);
});

test('the table shows the worst run beside the median', () => {
  const table = formatTable({ sdk_lost_spans: [0, 7, 0] });
  expect(table).toMatch(/sdk_lost_spans +0 +spans +<= 0 +holds +0 … 7 +3$/);
});
