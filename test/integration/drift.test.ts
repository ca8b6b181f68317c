import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createDriftJob,
  DRIFT_JOB_DEFAULTS,
} from '../../collector-processor/src/monitor/drift/driftJob';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startEngine, type TestEngine } from '../support/engine';
import {
  DRIFT_BINS as BINS,
  DRIFT_FEATURES as FEATURES,
  insertDriftStream,
} from '../support/insertDriftStream';
import { insertFeatureWindows } from '../support/insertFeatureWindows';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROWS = 400;
let engine: TestEngine;
const failures: string[] = [];
/** Nine days up to a whole hour that is over. */
let end: number;
let begin: number;

const read = async <Row>(query: string): Promise<Row[]> =>
  (await engine.client.query({ query, format: 'JSONEachRow' })).json<Row>();
const run = (query: string) => engine.client.command({ query });
const job = () =>
  createDriftJob(
    {
      client: engine.client,
      events: {
        windowsComputed: () => undefined,
        jobFailed: ({ reason }) => {
          failures.push(reason);
        },
      },
    },
    DRIFT_JOB_DEFAULTS,
  );

/** The stream of a model: the shift comes at `shiftAt` on feature `amount`. */
const insertStream = (model: string, shiftAt: number, shift: number): Promise<void> =>
  insertDriftStream(engine.client, { model, begin, end, shiftAt, shift });

beforeAll(async () => {
  engine = await startEngine();
  await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
});
afterAll(async () => {
  await engine.stop();
});
beforeEach(async () => {
  failures.length = 0;
  for (const table of ['ml_feature_windows', 'ml_baselines', 'ml_bins', 'ml_drift']) {
    await run(`TRUNCATE TABLE ${table}`);
  }
  end = Math.floor((Date.now() - HOUR) / HOUR) * HOUR;
  begin = end - 9 * DAY;
});

const stored = () =>
  read(
    'SELECT * EXCEPT (computed_at) FROM ml_drift FINAL ORDER BY tenant, environment, model, version, segment, feature, time',
  );

describe('the drift job', () => {
  test('waits for the windows of a baseline that was made just now', async () => {
    await insertStream('young', end, 0);
    await run(
      'INSERT INTO ml_baselines SELECT * REPLACE (toUnixTimestamp64Milli(now64(3)) AS row_version) FROM ml_baselines',
    );
    const some = `time >= fromUnixTimestamp64Milli(toInt64(${begin + 3 * DAY})) AND time < fromUnixTimestamp64Milli(toInt64(${begin + 5 * DAY}))`;
    await run(
      `CREATE TABLE late ENGINE = Memory AS SELECT * FROM ml_feature_windows WHERE ${some}`,
    );
    await run(`ALTER TABLE ml_feature_windows DELETE WHERE ${some} SETTINGS mutations_sync = 1`);
    const one = job();
    await one.runNow();
    expect([failures, await stored()]).toEqual([[], []]);

    await run('INSERT INTO ml_feature_windows SELECT * FROM late');
    await run('DROP TABLE late');
    await one.runNow();
    const learning = await read("SELECT time FROM v_drift WHERE status = 'learning'");
    expect([failures, learning]).toEqual([[], []]);
    expect((await stored()).length).toBeGreaterThan(9 * 24);
  }, 60_000);

  test('finds a shift of the last day in the right feature and pages within six hours; a quiet model never pages', async () => {
    await insertStream('shifted', end - DAY, 0.4);
    await insertStream('quiet', end, 0);
    await job().runNow();
    expect(failures).toEqual([]);

    const pages = await read<{ feature: string; first: number; direction: string }>(
      `SELECT feature, toUnixTimestamp64Milli(min(time)) AS first, argMin(direction, time) AS direction
FROM v_drift WHERE page = 1 GROUP BY feature`,
    );
    expect(pages).toEqual([
      {
        feature: 'amount',
        first: expect.any(Number),
        direction: expect.stringMatching(/^mean up 0\.\d\d sd$/),
      },
    ]);
    expect(pages[0]!.first).toBeGreaterThanOrEqual(end - DAY);
    expect((pages[0]!.first - (end - DAY)) / HOUR).toBeLessThanOrEqual(5);
    expect(
      await read("SELECT count() AS n FROM v_drift_models WHERE model = 'quiet' AND page = 1"),
    ).toEqual([{ n: 0 }]);
    const [last] = await read<Record<string, unknown>>(
      "SELECT * FROM v_drift_models WHERE model = 'shifted' ORDER BY time DESC LIMIT 1",
    );
    expect(last).toMatchObject({
      ...{ status: 'drift', features: 4, top_feature: 'amount', page: 1, baseline: 'first week' },
    });
    const [row] = await read<Record<string, number>>(
      "SELECT * FROM v_drift WHERE model = 'shifted' AND feature = 'amount' ORDER BY time DESC LIMIT 1",
    );
    expect(row).toMatchObject({ status: 'drift', rule: 't2', n: ROWS, feature_type: 'number' });
    expect(row!.score).toBeGreaterThan(0.2);
    expect(row!.score).toBeLessThan(0.6);
    expect(row!.detectable_effect).toBeGreaterThan(0.1);
    expect(row!.detectable_effect).toBeLessThan(0.6);
    expect(row!.q_value).toBeLessThan(0.05);
  });

  test('run twice, by two replicas or after a restart, changes nothing; late windows are decided again, and what follows', async () => {
    await insertStream('m', end, 0);
    await Promise.all([job().runNow(), job().runNow()]);
    expect(failures).toEqual([]);
    const before = await stored();
    expect(before).toHaveLength(9 * 24 * (FEATURES.length + 1));
    const again = job();
    await again.runNow();
    expect(await stored()).toEqual(before);

    const late = end - 10 * HOUR;
    await insertFeatureWindows(engine.client, BINS, [
      { model: 'm', feature: 'age', time: late, values: Array.from({ length: 400 }, () => 3) },
    ]);
    await again.runNow();
    expect(failures).toEqual([]);
    const evidence = await read<{ hour: number; evidence: number; status: string }>(
      `SELECT dateDiff('hour', fromUnixTimestamp64Milli(toInt64(${late})), time) AS hour, evidence, status
FROM ml_drift FINAL WHERE feature = 'age' AND time >= fromUnixTimestamp64Milli(toInt64(${late - HOUR})) ORDER BY time`,
    );
    expect(evidence[1]).toMatchObject({ hour: 0, status: 'drift' });
    expect(evidence[1]!.evidence).toBeGreaterThan(100);
    // What comes after goes on from there.
    expect(evidence[2]!.evidence).toBeGreaterThan(5);
    expect(await read('SELECT count() AS n FROM v_drift')).toEqual([
      { n: 9 * 24 * FEATURES.length },
    ]);
  });

  test('says that it has no baseline, that it learns, and pages for a broken feed all the same', async () => {
    const hour = end - 2 * HOUR;
    await insertStream('young', end, 0);
    await run(
      `ALTER TABLE ml_baselines UPDATE from_time = to_time - toIntervalHour(3) WHERE 1 SETTINGS mutations_sync = 2`,
    );
    await run(
      "ALTER TABLE ml_baselines DELETE WHERE feature = 'tenure' SETTINGS mutations_sync = 2",
    );
    await insertFeatureWindows(engine.client, BINS, [
      { model: 'young', feature: 'age', time: hour, values: [], missing: 300 },
    ]);
    await job().runNow();
    expect(failures).toEqual([]);
    const rows = await read<{ feature: string; status: string; page: number; direction: string }>(
      `SELECT feature, status, page, direction FROM v_drift WHERE time = fromUnixTimestamp64Milli(toInt64(${hour})) ORDER BY feature`,
    );
    expect(rows.map(({ feature, status, page }) => [feature, status, page])).toEqual([
      ['age', 'learning', 1],
      ['amount', 'learning', 0],
      ['income', 'learning', 0],
      ['tenure', 'baseline_missing', 0],
    ]);
    expect(rows[0]!.direction).toBe('missing 0% → 60%');
  });
});
