import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdwin } from './adwin';
import { createDdm } from './ddm';
import { createPageHinkley } from './pageHinkley';
import type { StreamDetector } from './streamDetector';

const river = JSON.parse(readFileSync(join(__dirname, 'golden/river.json'), 'utf8')) as {
  values: Record<'stream1' | 'stream2', string>;
  alarms: Record<'Page-Hinkley' | 'DDM' | 'ADWIN', number[]>;
};

const alarms = (detector: StreamDetector, stream: 'stream1' | 'stream2'): number[] =>
  Array.from(river.values[stream]).flatMap((digit, index) =>
    detector.update(Number(digit)) ? [index] : [],
  );

it('Page-Hinkley alarms where river does', () => {
  expect(alarms(createPageHinkley(), 'stream1')).toEqual(river.alarms['Page-Hinkley']);
});

it('DDM alarms where river does', () => {
  expect(alarms(createDdm(), 'stream2')).toEqual(river.alarms.DDM);
});

// The mean changes at 1000. The version of river that these values are from leaves the newest bucket of each size out of
// the older part's sum, so it sees the change one check later, at 1055; river 0.26.1 has 1023. As the paper has it, the
// window is cut at 1023, and again at 1055 when more of the new values are there to tell the rest of the old ones apart.
it('ADWIN finds the change that river finds, one check earlier', () => {
  expect(river.alarms.ADWIN).toEqual([1055]);
  expect(alarms(createAdwin(), 'stream1')).toEqual([1023, 1055]);
});
