import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ReceiveEvents } from './events';
import { openSockets } from './listener';
import { connectionReply } from './reply';

export interface HttpConnections {
  /** Whether the connection ended because its request took too long. */
  hasTimedOut(socket: Socket): boolean;
  /** Ends the connections on which no request waits for its answer. */
  endIdle(): void;
}

/** Answers connections that do not speak HTTP, or too slowly, or with too large headers, and knows the idle ones. */
export function watchConnections(server: Server, events: ReceiveEvents): HttpConnections {
  const sockets = openSockets(server);
  const answering = new Map<Socket, ServerResponse>();
  const timedOut = new WeakSet<Socket>();

  const remember = ({ socket }: IncomingMessage, response: ServerResponse): void => {
    answering.set(socket, response);
    response.once('close', () => answering.delete(socket));
  };
  server.on('request', remember).on('checkContinue', remember);

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const { reason, text } = connectionReply(error.code);
    const response = answering.get(socket);
    if (reason === 'timeout') timedOut.add(socket);
    if (reason !== 'aborted') {
      // A request that got as far as its headers is counted where its body ends.
      if (response === undefined) {
        events.requestRefused({ protocol: 'http', signal: undefined, reason, bytes: 0 });
      }
      if (socket.writable && response?.headersSent !== true) socket.write(text);
    }
    socket.destroySoon();
  });

  return {
    hasTimedOut: (socket) => timedOut.has(socket),
    endIdle() {
      // Node ends connections between two requests by itself, not those that never sent one.
      for (const socket of sockets()) if (!answering.has(socket)) socket.destroySoon();
    },
  };
}
