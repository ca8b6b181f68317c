import { Server, ServerCredentials, ServerInterceptingCall } from '@grpc/grpc-js';
import type { ServerInterceptor, ServiceDefinition } from '@grpc/grpc-js';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { inOrder } from '../core/component';
import { OTLP_PATHS } from '../otlp/paths';
import { createCertificates, tlsOptions } from './certificates';
import { GrpcCall } from './grpcCall';
import type { GrpcCallParts } from './grpcCall';
import { flowControl } from './grpcWindow';
import { createIntake } from './intake';
import { closeBy, isEncrypted, listen, openSockets } from './listener';
import type { Receiver, ReceiverParts } from './receiver';
import type { GrpcSettings } from './settings';
import { SIGNAL_ROUTES } from './signals';

const sameBuffer = (buffer: Buffer): Buffer => buffer;

/** A service per signal, each with one unary method whose messages stay bytes. */
const SERVICES: readonly ServiceDefinition[] = SIGNAL_ROUTES.map(({ signal }) => ({
  Export: {
    path: OTLP_PATHS[signal].grpc,
    requestStream: false,
    responseStream: false,
    requestSerialize: sameBuffer,
    requestDeserialize: sameBuffer,
    responseSerialize: sameBuffer,
    responseDeserialize: sameBuffer,
  },
}));

/** The interceptor that answers every call; see `GrpcCall`. */
function answering(parts: GrpcCallParts): ServerInterceptor {
  const routes = new Map(SIGNAL_ROUTES.map((route) => [OTLP_PATHS[route.signal].grpc, route]));
  return ({ path }, call) => {
    const route = routes.get(path)!;
    return new ServerInterceptingCall(call, {
      start(next) {
        next(new GrpcCall(parts, route, call).listener);
      },
    });
  };
}

function createGrpcServer(parts: GrpcCallParts): Server {
  const { limits, maxConcurrentStreams, keepAliveMs, keepAliveTimeoutMs, maxIdleMs } =
    parts.settings;
  const server = new Server({
    'grpc.max_receive_message_length': limits.maxDecompressedBytes,
    'grpc.max_concurrent_streams': maxConcurrentStreams,
    'grpc.keepalive_time_ms': keepAliveMs,
    'grpc.keepalive_timeout_ms': keepAliveTimeoutMs,
    'grpc.max_connection_idle_ms': maxIdleMs,
    'grpc.enable_channelz': 0,
    interceptors: [answering(parts)],
  });
  // grpc-js wants a handler per method; the interceptor answers before it would be called.
  for (const service of SERVICES) server.addService(service, { Export: () => undefined });
  return server;
}

/**
 * OTLP/gRPC. Connections are accepted, and decrypted, here and handed to grpc-js, which by itself can neither bound their
 * number nor say what became of one address of several, and has no renewal of certificates.
 */
export function createGrpcReceiver(parts: ReceiverParts, settings: GrpcSettings): Receiver {
  const { authenticate, budget, rates, events } = parts;
  const { limits, flowControlWindowBytes, prefaceTimeoutMs, tls } = settings;
  const server = createGrpcServer({
    intake: createIntake(parts),
    authenticate,
    budget,
    rates,
    events,
    settings,
  });
  flowControl.prepare(server, flowControlWindowBytes);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  flowControl.onConnections(server, flowControlWindowBytes, prefaceTimeoutMs);

  const take = (socket: Socket): void => {
    // HTTP/2 lets go of a socket before it is closed; an error in between must not end the process.
    socket.on('error', () => undefined);
    injector.injectConnection(socket);
  };
  const secure = tls && { server: createTlsServer(tlsOptions(tls, 'h2'), take), tls };
  const listener = secure?.server ?? createServer({ noDelay: true }, take);
  const certificates = secure
    ? [createCertificates({ server: secure.server, protocol: 'grpc', events }, secure.tls)]
    : [];
  const sockets = openSockets(listener);
  listener.maxConnections = limits.maxConnections;
  listener.on('drop', () => {
    events.connectionRefused({ protocol: 'grpc' });
  });

  let { address } = settings;
  let stopped: Promise<void> | undefined;
  const stop = (deadline: AbortSignal): Promise<void> =>
    closeBy(listener, deadline, () => {
      server.forceShutdown();
      // A peer that does not answer the end of its connection would keep it open.
      for (const socket of sockets()) socket.destroy();
    });
  return {
    get address() {
      return address;
    },
    async start() {
      await inOrder(certificates).start();
      address = await listen(listener, settings.address);
    },
    stop(deadline) {
      if (stopped === undefined) {
        stopped = stop(deadline);
        void inOrder(certificates).stop(deadline);
        // Those that are not encrypted yet are not known to grpc-js.
        for (const socket of sockets()) if (tls && !isEncrypted(socket)) socket.destroy();
        // Tells senders to go elsewhere and ends each connection after its last call.
        server.tryShutdown(() => undefined);
      }
      return stopped;
    },
  };
}
