import type { DemoAddresses } from './demoView';
import { watchForEnd, type Signals } from './endWatch';
import type { DemoSettings } from './runDemo';
import { createSenders } from './senders';

const STOP_MS = 20_000;

export interface SenderParts {
  readonly print: (lines: readonly string[]) => void;
  readonly signals: Signals;
  readonly clock: () => number;
}

/**
 * Only the demo's services, sending to a processor that runs elsewhere; nothing is counted at the end, for its store is not
 * ours to ask. Resolves to the exit code: 1 when a service died.
 */
export async function runSenders(
  { print, signals, clock }: SenderParts,
  settings: DemoSettings & { readonly addresses: DemoAddresses },
): Promise<number> {
  const { addresses, run, historyDays, quiet, forMs } = settings;
  const watch = watchForEnd(signals, clock);
  const senders = createSenders();
  void senders.died.then(watch.death);
  try {
    print(['Training the models …']);
    await senders.start();
    senders.serve({ addresses, run, historyDays, quiet });
    print([`Sending to ${addresses.grpc} and ${addresses.http}`]);
    if (forMs !== undefined) watch.endAfter(forMs);
    const end = await watch.ended;
    print(senders.status().problems);
    if (end.by === 'death') print([end.reason]);
    return end.by === 'death' ? 1 : 0;
  } finally {
    await senders.stop(AbortSignal.timeout(STOP_MS));
    watch.close();
  }
}
