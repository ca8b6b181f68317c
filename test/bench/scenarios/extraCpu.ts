import type { PayloadKind } from '../load/payloads';
import type { FigureName } from '../figures';
import { startDiscardingProcessor } from './discardingProcessor';
import type { DiscardingProcessor } from './discardingProcessor';
import { startLoad } from './load';
import { withParts } from './scenario';
import type { Keep, Scenario } from './scenario';

const SIZE = { requests: 700, warmUp: 300 };

/** Something that a processor can do beside its usual work: its configuration, made when its parts run. */
export interface Extra {
  readonly name: string;
  /** The figure that it is measured for; undefined: printed beside the others only. */
  readonly figure: FigureName | undefined;
  config(keep: Keep): Promise<Readonly<Record<string, unknown>>>;
}

/**
 * CPU-seconds per million items that a processor with an extra uses more than one without, for the same requests, in
 * turns in one session. One number is the difference of two, so its runs differ by as much as both of theirs.
 */
export const extraCpu =
  (kind: PayloadKind, extras: readonly Extra[]): Scenario =>
  (settings) =>
    withParts(async (keep) => {
      const load = await startLoad(kind, SIZE, settings);
      keep(load.client);
      const start = async (
        config?: Readonly<Record<string, unknown>>,
      ): Promise<DiscardingProcessor> => {
        const processor = await startDiscardingProcessor(keep, config);
        await processor.warmUp(load);
        return processor;
      };
      const plain = await start();
      const samples: Partial<Record<FigureName, number[]>> = {};
      const sides: { extra: Extra; processor: DiscardingProcessor }[] = [];
      for (const extra of extras) {
        sides.push({ extra, processor: await start(await extra.config(keep)) });
      }
      for (let run = 0; run < settings.runs; run++) {
        const base = await plain.measure(load);
        settings.log(`run ${run + 1}, without: ${base.said}`);
        for (const { extra, processor } of sides) {
          const cost = await processor.measure(load);
          const more = cost.cpuSeconds - base.cpuSeconds;
          settings.log(`run ${run + 1}, ${extra.name}: +${more.toFixed(2)} s; ${cost.said}`);
          if (extra.figure !== undefined) (samples[extra.figure] ??= []).push(more);
        }
      }
      return samples;
    });
