import type { Config } from './config/config';
import { systemClock } from './core/clock';
import type { Outcome } from './core/outcome';
import { jsonToProtobuf } from './otlp/json/jsonToProtobuf';
import { metricRequest } from './otlp/json/metricMessages';
import { createBudget } from './receive/budget';
import { createGrpcReceiver } from './receive/grpc';
import { createHttpReceiver } from './receive/http';
import type { ReceiverParts } from './receive/receiver';
import { RECEIVE_DEFAULTS } from './receive/settings';
import { createTenantRates } from './receive/tenantRates';
import { createTokenAuthenticator } from './receive/tokens';
import type { StoreGate } from './storeGate';
import { createWriters, type WritersParts } from './writers';

export interface FlowParts extends WritersParts {
  readonly gate: Pick<StoreGate, 'guard'>;
}

const OWN_TENANT = 'default';

/** The way of a request: the receivers and what is behind them. */
export function createFlow({ gate, ...parts }: FlowParts, config: Config) {
  const { receive, storage } = config;
  const { events, gauge } = parts.telemetry;
  const writers = createWriters(parts, config);
  const next = gate.guard(writers);
  const budget = createBudget(receive.limits.maxInFlightBytes);
  gauge(
    'plumbline_in_flight_bytes',
    'Bytes of requests that are not answered yet.',
    () => budget.usedBytes,
  );
  const receiver: ReceiverParts = {
    next,
    authenticate: createTokenAuthenticator(receive.tokens),
    budget,
    rates: createTenantRates(receive.limits.perTenant),
    events,
    clock: systemClock,
  };
  // A list or map inside an attribute takes three levels of brackets in JSON, the request around it twelve.
  const maxJsonDepth = 12 + 3 * receive.limits.maxNesting;
  const limits = { ...RECEIVE_DEFAULTS.limits, ...receive.limits, maxJsonDepth };
  const { address, corsAllowedOrigins } = receive.http;
  const tlsOf = (tls: typeof receive.http.tls) =>
    tls === null ? undefined : { ...RECEIVE_DEFAULTS.tls, ...tls };
  const cors = { allowedOrigins: corsAllowedOrigins };
  return {
    grpc: createGrpcReceiver(receiver, {
      ...RECEIVE_DEFAULTS.grpc,
      address: receive.grpc.address,
      tls: tlsOf(receive.grpc.tls),
      limits,
    }),
    http: createHttpReceiver(receiver, {
      ...RECEIVE_DEFAULTS.http,
      address,
      tls: tlsOf(receive.http.tls),
      limits,
      cors,
    }),
    writers: writers.components,
    /** Stores an OTLP/JSON export request of this process's own metrics. */
    storeOwnMetrics: (json: string): Promise<Outcome> =>
      next.consume(
        {
          signal: 'metrics',
          bytes: jsonToProtobuf(metricRequest, Buffer.from(json), maxJsonDepth),
          tenant: OWN_TENANT,
          receivedAtMs: systemClock(),
        },
        AbortSignal.timeout(storage.maxInsertMs),
      ),
  };
}
