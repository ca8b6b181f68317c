import { setTimeout as sleep } from 'node:timers/promises';
import { rssMb } from '../process/usage';
import { startDiscardingProcessor } from './discardingProcessor';
import { pushFor, startLoad } from './load';
import { withParts } from './scenario';
import type { Scenario } from './scenario';

const SIZE = { requests: 0, warmUp: 0 };
const SECONDS = 600;
/** A tenth of a run at its start is for filling pools and caches, and one at its end is looked at: a minute of ten. */
const SHARE = 0.1;
const QUICK_SECONDS = 10;
const LOOK_EVERY_MS = 250;

/** How much more memory the processor has at the end of a long saturating run than after its first tenth. */
export const rssGrowth: Scenario = (settings) =>
  withParts(async (keep) => {
    const processor = await startDiscardingProcessor(keep);
    const load = await startLoad('ml', SIZE, settings);
    keep(load.client);
    const seconds = settings.seconds ?? (settings.quick ? QUICK_SECONDS : SECONDS);
    const startedAt = performance.now();
    const ended = pushFor(load, processor.grpcAddress, seconds);
    // Looked at when all is over; until then a failure is not one that nobody handles.
    ended.catch(() => undefined);
    const untilShare = (share: number): number =>
      startedAt + share * seconds * 1000 - performance.now();
    await sleep(untilShare(SHARE));
    const before = rssMb(processor.pid);
    await sleep(untilShare(1 - SHARE));
    let highest = 0;
    while (untilShare(1) > 0) {
      highest = Math.max(highest, rssMb(processor.pid));
      await sleep(LOOK_EVERY_MS);
    }
    const sent = await ended;
    settings.log(
      `growth: ${before.toFixed(0)} MB after ${Math.round(SHARE * seconds)} s, at most ` +
        `${highest.toFixed(0)} MB in the last ${Math.round(SHARE * seconds)} s of ${seconds}, ` +
        `${Math.round(sent.items / sent.seconds)} spans/s`,
    );
    return { rss_growth_mb_10min: [highest - before] };
  });
