import type { Clock } from '../core/clock';
import { type Component, inOrder } from '../core/component';
import type { ModelUsage } from '../core/modelUsage';
import { Forwarder, type ForwarderSettings } from './forwarder';
import type { ForwardEvents } from './forwardEvents';
import { createGrpcSender } from './grpcSender';
import { createHttpSender } from './httpSender';
import { connectRenewed, type TlsFiles } from './renewedSender';
import type { Sender, SenderSettings, TlsMaterial } from './sender';
import { UsageMeter } from './usageMeter';
import { createUsageReporter } from './usageReporter';

export interface ForwardParts {
  readonly events: ForwardEvents;
  readonly clock: Clock;
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
  /** Pause between two looks at the TLS files, milliseconds. */
  readonly checkCertificatesEveryMs: number;
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
    { connect: () => connect(settings, events), events, random: Math.random },
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

function connect(
  { protocol, tls, queue, checkCertificatesEveryMs, ...settings }: ForwardSettings,
  events: ForwardEvents,
): Promise<Sender> {
  const createSender = protocol === 'grpc' ? createGrpcSender : createHttpSender;
  const { concurrency } = queue;
  const create = (material: TlsMaterial): Sender =>
    createSender({ ...settings, concurrency, tls: material });
  return connectRenewed({ create, events }, tls, checkCertificatesEveryMs);
}
