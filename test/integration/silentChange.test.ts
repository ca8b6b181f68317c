import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createRandom } from '../../collector-processor/src/stats/random';
import { LookAround } from '../../collector-processor/src/monitor/lookAround';
import { createStatements, engineNow } from '../../collector-processor/src/monitor/statements';
import { answerWindows } from '../../collector-processor/src/monitor/silentChange/answerWindows';
import { SilentChangePass } from '../../collector-processor/src/monitor/silentChange/silentChangePass';
import { WINDOW_JOB_DEFAULTS } from '../../collector-processor/src/monitor/windowJobSettings';
import { WindowPass } from '../../collector-processor/src/monitor/windowPass';
import type { InferenceRow } from '../support/insertInferences';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;
let store: WindowStore;

interface Event {
  readonly at: number;
  readonly event: string;
  readonly model: string;
  readonly version: string;
  readonly text: string;
  readonly evidence: string;
}
const events = (event: string): Promise<Event[]> =>
  store.read<Event>(
    `SELECT toUnixTimestamp64Milli(time) AS at, event, model, version, text, evidence FROM v_model_events WHERE event = '${event}' ORDER BY time, model, version`,
  );

beforeAll(async () => {
  store = await startWindowStore();
});
afterEach(() => store.clear());
afterAll(() => store.stop());

interface Call {
  readonly service?: string;
  readonly version?: string;
  readonly fingerprint?: string;
  readonly tokens?: number;
}

/** `perHour` calls in each of the last `hours` hours; `call` says how the one at a time was answered. */
function calls(model: string, hours: number, perHour: number, call: (atMs: number) => Call) {
  const random = createRandom(hours + perHour);
  return Array.from({ length: hours * perHour }, (_, index): InferenceRow => {
    const atMs = NOW - hours * HOUR + Math.floor((index * HOUR) / perHour);
    const { service = 'desk', version = 'm-1', fingerprint = '', tokens = 400 } = call(atMs);
    return {
      time: atMs,
      environment: 'prod',
      model,
      version,
      provider: 'openai',
      service,
      model_type: 'llm',
      status: 'ok',
      finish_reason: random.uniform() < 0.05 ? 'length' : 'stop',
      refusal: random.uniform() < 0.03 ? 1 : 0,
      system_fingerprint: fingerprint,
      tokens: { output: Math.ceil(tokens * Math.exp(0.6 * random.normal())) },
      output_chars: 1_500,
      ttft_ms: 800 * Math.exp(0.35 * random.normal()),
    };
  });
}

/** Which turn of so many hours, from the newest one, a time belongs to. */
const turnOf = (atMs: number, hours: number): number => Math.ceil((NOW - atMs) / (hours * HOUR));

const NEVER = new AbortController().signal;

/** What the job does for aliases, without its other windows. */
async function look(): Promise<void> {
  const settings = { ...WINDOW_JOB_DEFAULTS, settleMs: 0, graceMs: 0 };
  const signals = { stopping: NEVER, abandoning: NEVER };
  const statements = createStatements(store.client, settings, signals);
  const nowMs = await engineNow(statements);
  const look = await new LookAround(statements, [answerWindows.table]).look();
  await new WindowPass(answerWindows, statements, settings).run(nowMs, look);
  const told: string[] = [];
  const parts = { silentChange: ({ text }: { text: string }) => told.push(text) };
  await new SilentChangePass(statements, settings, parts).run(nowMs);
}

/** Whole runs, until nothing is left to do. */
async function work(): Promise<void> {
  const job = store.createJob({ settleMs: 0, graceMs: 0 });
  while (!(await job.runNow())) expect(store.failures).toEqual([]);
  await job.runNow();
  expect(store.failures).toEqual([]);
}

test('another model behind an alias is told once, with its time and what became different', async () => {
  const changedMs = NOW - 9 * HOUR + 600_000;
  await store.insert(
    ...calls('gpt', 3 * 24, 30, (at) =>
      at < changedMs
        ? { fingerprint: 'fp_a' }
        : { version: 'm-2', fingerprint: 'fp_b', tokens: 250 },
    ),
  );
  await look();
  await look();
  const [change, ...more] = await events('silent_change');
  expect(more).toEqual([]);
  expect(change).toMatchObject({ model: 'gpt', version: 'm-2', at: changedMs });
  expect(change!.text).toMatch(
    /^gpt at openai is answered by m-2 instead of m-1 since .* UTC: (\d+) of \1 calls; output length 4\d\d → 2\d\d tokens/,
  );
  const evidence = JSON.parse(change!.evidence) as Record<string, unknown>;
  expect(evidence).toMatchObject({ signal: 'answering_model', before: 'm-1', after: 'm-2' });
  expect(Date.parse(String(evidence.found_at))).toBe(NOW - 7 * HOUR);
}, 120_000);

test('the same name with shorter answers is told by its behaviour, unless only one caller sees it', async () => {
  const changedMs = NOW - 10 * HOUR;
  await store.insert(
    ...calls('all', 4 * 24, 40, (at) => ({ tokens: at < changedMs ? 400 : 260 })),
    ...calls('some', 4 * 24, 40, (at) => ({
      service: at % 2 === 0 ? 'desk' : 'shop',
      tokens: at < changedMs ? 400 : 260,
    })),
    ...['desk', 'shop'].flatMap((service) =>
      calls('one', 4 * 24, 30, (at) => ({
        service,
        tokens: at < changedMs || service === 'desk' ? 400 : 260,
      })),
    ),
  );
  await look();
  const found = await events('silent_change');
  expect(found.map(({ model }) => model).sort()).toEqual(['all', 'some']);
  expect(found[0]!.text).toMatch(/answers otherwise since .*: output length \d+ → \d+ tokens/);
  expect(Math.abs(found[0]!.at - changedMs)).toBeLessThanOrEqual(HOUR);
}, 120_000);

test('a quiet alias, one with many fingerprints and one that is often answered by another make no event', async () => {
  await store.insert(
    ...calls('quiet', 4 * 24, 40, (at) => ({
      tokens: 400 * (1 + 0.3 * Math.sin((2 * Math.PI * at) / (24 * HOUR))),
    })),
    // Counted from now: how the turns lie in the hours must not depend on when this runs.
    ...calls('prints', 4 * 24, 25, (at) => ({ fingerprint: `fp_${turnOf(at, 20)}` })),
    ...calls('routed', 4 * 24, 25, (at) => ({ version: `m-${turnOf(at, 7)}` })),
  );
  await look();
  expect(await events('silent_change')).toEqual([]);
}, 120_000);

test('rows of the past that come later put a version before where it was, and baselines are told', async () => {
  const rows = (hours: number) =>
    calls('late', hours, 8, () => ({})).map((row) => ({ ...row, model_type: 'binary' }));
  await store.insert(...rows(2));
  await work();
  expect((await events('deployed'))[0]!.at).toBe(NOW - 2 * HOUR);
  await store.insert(...rows(8 * 24));
  await work();
  expect((await events('deployed')).map(({ at }) => at)).toEqual([NOW - 8 * 24 * HOUR]);
  expect((await events('baseline_created')).map(({ text, model }) => [model, text])).toEqual([
    ['late', expect.stringMatching(/^baseline auto of \d+ rows and \d+ features, /)],
  ]);
}, 120_000);
