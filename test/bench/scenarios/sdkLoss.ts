import { join } from 'node:path';
import type { SdkPlan, SdkResult } from '../probe/sdkSender';
import { startTask } from '../process/childTask';
import { startProcessor } from '../../support/processor';
import { createStoreClient } from '../store/storeClient';
import type { StoreClient } from '../store/storeClient';
import { withParts } from './scenario';
import type { Scenario } from './scenario';

const SPANS_PER_SECOND = 5_000;
const FOUND = 'SELECT uniqExact(SpanId) FROM otel_traces WHERE ServiceName = {service: String}';
const LAST_ROW_WITHIN_MS = 10_000;

/** How many spans of one SDK with its default batching are not in the store in the end, whoever lost them. */
export const sdkLoss: Scenario = (settings) =>
  withParts(async (keep) => {
    const processor = keep(await startProcessor());
    const store = createStoreClient(processor.storeUrl);
    keep({ stop: () => store.close() });
    const lostIn = async (service: string, seconds: number): Promise<number> => {
      // A new process each time: an SDK that has warmed up is not what a service has when it starts.
      const sender = startTask<SdkPlan, SdkResult>(join(__dirname, '../probe/sdkSender.js'));
      const sent = await sender
        .call({
          address: processor.grpcAddress,
          service,
          spansPerSecond: SPANS_PER_SECOND,
          seconds,
        })
        .finally(() => sender.stop());
      const lost = sent.ended - (await foundOf(store, service, sent.ended));
      settings.log(`${service}: ${sent.ended} ended in ${sent.seconds.toFixed(1)} s, ${lost} lost`);
      return lost;
    };
    await lostIn('sdk-warm-up', settings.quick ? 2 : 5);
    const lost: number[] = [];
    for (let run = 0; run < settings.runs; run++) {
      const seconds = settings.seconds ?? (settings.quick ? 10 : 60);
      lost.push(await lostIn(`sdk-run-${run + 1}`, seconds));
    }
    return { sdk_lost_spans: lost };
  });

async function foundOf(store: StoreClient, service: string, ended: number): Promise<number> {
  const deadline = performance.now() + LAST_ROW_WITHIN_MS;
  for (;;) {
    const found = await store.number(FOUND, { service });
    if (found >= ended || performance.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
