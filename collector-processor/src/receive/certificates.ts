import { readFile } from 'node:fs/promises';
import type { Server, TLSSocket, TlsOptions } from 'node:tls';
import type { Component } from '../core/component';
import { messageOf } from '../core/errors';
import { readTlsIdentity, type TlsFiles, type TlsIdentityResult } from '../core/tlsIdentity';
import type { Protocol, ReceiveEvents } from './events';
import type { TlsSettings } from './settings';

/** What a TLS server is made with; its certificate comes with `createCertificates`. */
export const tlsOptions = (tls: TlsSettings, protocol: 'h2' | 'http/1.1'): TlsOptions => ({
  ALPNProtocols: [protocol],
  handshakeTimeout: tls.handshakeTimeoutMs,
  requestCert: tls.clientCaFile !== null,
  rejectUnauthorized: tls.clientCaFile !== null,
  noDelay: true,
});

export interface CertificateParts {
  readonly server: Server;
  readonly protocol: Protocol;
  readonly events: ReceiveEvents;
}

async function readFiles(files: TlsFiles): Promise<TlsIdentityResult> {
  const { certFile, keyFile, clientCaFile } = files;
  const texts = new Map<string, string>();
  const failures = new Map<string, unknown>();
  for (const path of [certFile, keyFile, clientCaFile]) {
    if (path === null) continue;
    try {
      texts.set(path, await readFile(path, 'utf8'));
    } catch (error) {
      failures.set(path, error);
    }
  }
  return readTlsIdentity(files, (path) => {
    if (failures.has(path)) throw new Error(messageOf(failures.get(path)));
    return texts.get(path)!;
  });
}

/**
 * Gives a server its certificate and every renewed one: the files are read again every `checkEveryMs`, because a change
 * behind a symbolic link, as Kubernetes makes it, is not told by the file system. New connections get the new
 * certificate, open ones stay. Files that do not fit together, as in the middle of a renewal, change nothing.
 *
 * `start()` rejects when the files cannot be used.
 */
export function createCertificates(
  { server, protocol, events }: CertificateParts,
  tls: TlsSettings,
): Component {
  let timer: NodeJS.Timeout | undefined;
  let served = '';

  const use = (read: TlsIdentityResult, renewed: boolean): void => {
    if (read.status === 'invalid') return;
    const { cert, key, ca, notAfterMs } = read.identity;
    const text = JSON.stringify([cert, key, ca]);
    if (text === served) return;
    server.setSecureContext({ cert, key, ca, minVersion: `TLSv${tls.minVersion}` });
    served = text;
    events.certificateLoaded({ protocol, notAfterMs, renewed });
  };
  const renew = async (): Promise<void> => {
    const read = await readFiles(tls);
    if (read.status === 'ok') use(read, true);
    else events.certificateNotRenewed({ protocol, reason: read.problems.join('; ') });
  };

  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: TLSSocket) => {
    // Node ends those that fail, but leaves one that has not come to its end in time.
    socket.destroy();
    events.handshakeFailed({ protocol, reason: error.code ?? 'unknown' });
  });
  return {
    async start() {
      const read = await readFiles(tls);
      if (read.status === 'invalid') {
        const problems = read.problems.map((problem) => `receive.${protocol}.tls.${problem}`);
        throw new Error(problems.join('\n'));
      }
      use(read, false);
      timer = setInterval(() => void renew(), tls.checkEveryMs);
    },
    stop() {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
