import { readFile } from 'node:fs/promises';
import type { Clock } from '../core/clock';
import { type Component, inOrder } from '../core/component';
import type { ModelUsage } from '../core/modelUsage';
import { Forwarder, type ForwarderSettings } from './forwarder';
import type { ForwardEvents } from './forwardEvents';
import { createGrpcSender } from './grpcSender';
import { createHttpSender } from './httpSender';
import type { Sender, SenderSettings } from './sender';
import { UsageMeter } from './usageMeter';
import { createUsageReporter } from './usageReporter';

export interface ForwardParts {
  readonly events: ForwardEvents;
  readonly clock: Clock;
}

/** Paths of PEM files; null: what the system has. */
export interface TlsFiles {
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly serverName: string | null;
  readonly insecureSkipVerify: boolean;
}

/** As in the section `forward` of the configuration. */
export interface ForwardSettings extends Omit<SenderSettings, 'tls' | 'concurrency'> {
  readonly protocol: 'grpc' | 'http';
  readonly tls: TlsFiles;
  readonly queue: Pick<ForwarderSettings, 'maxBytes' | 'maxRequests' | 'concurrency'>;
  readonly retry: { readonly attempts: number; readonly initialMs: number; readonly maxMs: number };
  readonly drainMs: number;
  readonly metricsEveryMs: number;
  readonly metricsMaxSeries: number;
  readonly instance: string;
}

export interface Forward extends Component {
  readonly forwarder: Forwarder;
  /** What models used, to be told downstream. */
  readonly modelUsed: (usage: ModelUsage) => void;
}

/** The way of committed requests, and of what is derived of them, to whoever is downstream. */
export function createForward({ events, clock }: ForwardParts, settings: ForwardSettings): Forward {
  const { queue, retry, drainMs, instance } = settings;
  const forwarder = new Forwarder(
    { connect: () => connect(settings), events, random: Math.random },
    { ...queue, drainMs, attempts: retry.attempts, backoff: retry },
  );
  const meter = new UsageMeter(settings.metricsMaxSeries);
  const reporter = createUsageReporter(
    { meter, queue: forwarder, events, clock },
    { everyMs: settings.metricsEveryMs, instance },
  );
  return {
    ...inOrder([reporter, forwarder]),
    forwarder,
    modelUsed: (usage) => {
      meter.add(usage);
    },
  };
}

async function connect({ protocol, tls, queue, ...settings }: ForwardSettings): Promise<Sender> {
  const read = async (path: string | null): Promise<Buffer | undefined> =>
    path === null ? undefined : readFile(path);
  const [ca, cert, key] = await Promise.all([
    read(tls.caFile),
    read(tls.certFile),
    read(tls.keyFile),
  ]);
  const { insecureSkipVerify } = tls;
  const material = { ca, cert, key, serverName: tls.serverName ?? undefined, insecureSkipVerify };
  const create = protocol === 'grpc' ? createGrpcSender : createHttpSender;
  return create({ ...settings, concurrency: queue.concurrency, tls: material });
}
