import type { Server } from '@grpc/grpc-js';
import type { Http2Server, ServerHttp2Session, ServerOptions } from 'node:http2';

const MAX_FRAME_BYTES = 1024 * 1024;

/**
 * Raises the HTTP/2 flow-control window of a server.
 *
 * grpc-js 1.14 has an option for this, `grpc-node.flow_control_window`, but reads it in clients only; a server stays at
 * the 64 KiB of the HTTP/2 specification, and a sender of larger messages waits for us several times a message. So this
 * reaches for the options and the HTTP/2 servers that the grpc-js server keeps for itself. In a version that keeps
 * them elsewhere nothing happens here but slower receiving; a test reads the window from the wire.
 *
 * To be called when the HTTP/2 server exists already, before the first connection, `prepare` before that.
 */
export const flowControl = {
  prepare(server: Server, windowBytes: number): void {
    const options: unknown = Reflect.get(server, 'commonServerOptions');
    if (typeof options !== 'object' || options === null) return;
    const { settings } = options as ServerOptions;
    const raised = { ...settings, initialWindowSize: windowBytes, maxFrameSize: MAX_FRAME_BYTES };
    Object.assign(options, { settings: raised });
  },

  /**
   * The window of each connection, which the settings frame cannot carry, and the end of a connection that does not
   * begin to speak HTTP/2 within `prefaceTimeoutMs`.
   */
  onConnections(server: Server, windowBytes: number, prefaceTimeoutMs: number): void {
    const servers: unknown = Reflect.get(server, 'http2Servers');
    if (!(servers instanceof Map)) return;
    for (const http2Server of (servers as Map<Http2Server, unknown>).keys()) {
      http2Server.on('session', (session: ServerHttp2Session) => {
        session.setLocalWindowSize(windowBytes);
        const timer = setTimeout(() => {
          session.destroy();
        }, prefaceTimeoutMs);
        const clear = (): void => {
          clearTimeout(timer);
        };
        session.once('remoteSettings', clear).once('close', clear);
      });
    }
  },
};
