import { everyone } from '../../collector-processor/src/receive/authenticate';
import type { Authenticate } from '../../collector-processor/src/receive/authenticate';
import { createBudget } from '../../collector-processor/src/receive/budget';
import type { Budget } from '../../collector-processor/src/receive/budget';
import type { Answer, ReceiveEvents } from '../../collector-processor/src/receive/events';
import { createGrpcReceiver } from '../../collector-processor/src/receive/grpc';
import { createHttpReceiver } from '../../collector-processor/src/receive/http';
import { RECEIVE_DEFAULTS } from '../../collector-processor/src/receive/settings';
import type {
  GrpcSettings,
  HttpSettings,
  ReceiveLimits,
} from '../../collector-processor/src/receive/settings';
import { unlimited } from '../../collector-processor/src/receive/tenantRates';
import type { TenantRates } from '../../collector-processor/src/receive/tenantRates';
import { createRecordingConsumer } from './recordingConsumer';
import type { RecordingConsumer } from './recordingConsumer';

export interface ReceiverOptions {
  readonly consumer?: RecordingConsumer;
  readonly authenticate?: Authenticate;
  readonly inFlightBytes?: number;
  readonly limits?: Partial<ReceiveLimits>;
  readonly rates?: TenantRates;
  readonly grpc?: Partial<GrpcSettings>;
  readonly http?: Partial<HttpSettings>;
}

/** Both servers on free ports in front of a recording consumer. */
export interface RunningReceivers {
  readonly grpcAddress: string;
  readonly httpUrl: string;
  readonly consumer: RecordingConsumer;
  readonly budget: Budget;
  /** `protocol:reason` of each refusal, in order. */
  readonly refusals: string[];
  readonly answers: Answer[];
  readonly failures: unknown[];
  readonly droppedConnections: string[];
  /** What happened to certificates, handshakes and tenants, in words. */
  readonly told: string[];
  stop(deadline?: AbortSignal): Promise<void>;
}

export async function startReceivers(options: ReceiverOptions = {}): Promise<RunningReceivers> {
  const consumer = options.consumer ?? createRecordingConsumer();
  const budget = createBudget(options.inFlightBytes ?? RECEIVE_DEFAULTS.inFlightBytes);
  const refusals: string[] = [];
  const answers: Answer[] = [];
  const failures: unknown[] = [];
  const droppedConnections: string[] = [];
  const told: string[] = [];
  const events: ReceiveEvents = {
    requestRefused: ({ protocol, reason }) => refusals.push(`${protocol}:${reason}`),
    requestAnswered: (answer) => answers.push(answer),
    consumerFailed: ({ error }) => failures.push(error),
    connectionRefused: ({ protocol }) => droppedConnections.push(protocol),
    tenantLimited: ({ protocol, tenant, limit }) => told.push(`${protocol} ${tenant} ${limit}`),
    handshakeFailed: ({ protocol, reason }) => told.push(`${protocol} ${reason}`),
    certificateLoaded: ({ protocol, renewed }) =>
      told.push(`${protocol} ${renewed ? 'renewed' : 'loaded'}`),
    certificateNotRenewed: ({ protocol, reason }) => told.push(`${protocol} ${reason}`),
  };
  const { authenticate = everyone, rates = unlimited } = options;
  const parts = { next: consumer, authenticate, budget, rates, events, clock: Date.now };
  const limits = { ...RECEIVE_DEFAULTS.limits, ...options.limits };
  const address = '127.0.0.1:0';
  const grpc = createGrpcReceiver(parts, {
    ...RECEIVE_DEFAULTS.grpc,
    ...options.grpc,
    limits,
    address,
  });
  const httpSettings = { ...RECEIVE_DEFAULTS.http, ...options.http, limits, address };
  const http = createHttpReceiver(parts, httpSettings);
  await Promise.all([grpc.start(), http.start()]);
  return {
    grpcAddress: grpc.address,
    httpUrl: `${httpSettings.tls ? 'https' : 'http'}://${http.address}`,
    consumer,
    budget,
    refusals,
    answers,
    failures,
    droppedConnections,
    told,
    async stop(deadline = AbortSignal.timeout(2_000)) {
      await Promise.all([grpc.stop(deadline), http.stop(deadline)]);
    },
  };
}
