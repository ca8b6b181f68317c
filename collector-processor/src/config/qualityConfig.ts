import { z } from 'zod';
import { text } from './fields';
import { section } from './section';

/** `quality`: what rows must be like, and when a window of them is bad. */
export const qualityConfig = section({
  enabled: z.boolean().default(true),
  contracts: z
    .array(text())
    .max(1_000, 'must not be more than 1000')
    .default(() => []),
  brokenShare: z
    .number()
    .gt(0, 'must be more than 0')
    .max(1, 'must be 1 or less, a share of the rows')
    .default(0.2),
  volumeFloor: z.number().min(0, 'must be 0 or more').default(0.5),
  outlierScale: z.number().min(2, 'must be 2 or more').max(100, 'must be 100 or less').default(5),
});
