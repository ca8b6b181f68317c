import { REDACT_KINDS } from '../../collector-processor/src/core/redaction';
import { wordsOf } from '../../collector-processor/src/enrich/redact/contextWords';
import { detectorsOf } from '../../collector-processor/src/enrich/redact/detectors';
import { findValues } from '../../collector-processor/src/enrich/redact/findValues';
import { traitsOf } from '../../collector-processor/src/enrich/redact/traits';
import { makeCorpus, type Sample } from '../support/redact/corpus';
import { makeFieldCorpus } from '../support/redact/fieldCorpus';

/** Floors over all kinds; of each kind, and of a kind's precision. */
const FLOORS = { precision: 0.99, recall: 0.97, kindPrecision: 0.95, kindRecall: 0.9 };

const detectors = detectorsOf(new Set(REDACT_KINDS));

/** Kind and text of all that is found, through the prefilter as in production. */
function search({ key, text }: Sample): { kind: string; value: string }[] {
  const bytes = Buffer.from(text);
  const around = { text: bytes.toString('latin1'), keyWords: wordsOf(key) };
  return findValues(detectors, traitsOf(bytes), around).map(({ detector, start, end }) => ({
    kind: detector.kind,
    value: around.text.slice(start, end),
  }));
}

test.each([
  ['made numbers in short texts', makeCorpus(5, 60)],
  ['published examples in lines of logs and prompts', makeFieldCorpus(2026, 60)],
])('finds what is there and little else: %s', (name, samples) => {
  const tally = new Map(
    REDACT_KINDS.map((kind) => [kind as string, { hit: 0, wrong: 0, missed: 0 }]),
  );
  const surprises: string[] = [];
  for (const sample of samples) {
    const found = search(sample);
    const right = found.filter(({ kind, value }) => kind === sample.kind && value === sample.value);
    for (const { kind, value } of found) {
      if (right.some((one) => one.kind === kind && one.value === value)) continue;
      tally.get(kind)!.wrong++;
      surprises.push(`${kind} found in ${JSON.stringify(sample.text)}: ${value}`);
    }
    if (sample.kind === undefined) continue;
    if (right.length > 0) tally.get(sample.kind)!.hit++;
    else {
      tally.get(sample.kind)!.missed++;
      surprises.push(`${sample.kind} missed in ${JSON.stringify(sample.text)}`);
    }
  }
  const total = { hit: 0, wrong: 0, missed: 0 };
  for (const { hit, wrong, missed } of tally.values()) {
    total.hit += hit;
    total.wrong += wrong;
    total.missed += missed;
  }
  const rates = ({ hit, wrong, missed }: typeof total) => ({
    precision: hit + wrong === 0 ? 1 : hit / (hit + wrong),
    recall: hit + missed === 0 ? 1 : hit / (hit + missed),
  });
  const lines = [...tally, ['all', total] as const].map(([kind, counts]) => {
    const { precision, recall } = rates(counts);
    return `${kind.padEnd(20)} ${precision.toFixed(3)} ${recall.toFixed(3)} ${String(counts.hit + counts.missed).padStart(5)}`;
  });
  console.log(
    [name, `${'kind'.padEnd(20)} prec. recall     n`, ...lines, ...surprises.slice(0, 40)].join(
      '\n',
    ),
  );
  for (const [kind, counts] of tally) {
    const { precision, recall } = rates(counts);
    expect([kind, precision >= FLOORS.kindPrecision, recall >= FLOORS.kindRecall]).toEqual([
      kind,
      true,
      true,
    ]);
  }
  expect(rates(total).precision).toBeGreaterThanOrEqual(FLOORS.precision);
  expect(rates(total).recall).toBeGreaterThanOrEqual(FLOORS.recall);
});
