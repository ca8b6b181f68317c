import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { messageOf } from '../core/errors';
import type { ForwardEvents } from './forwardEvents';
import type { Sender, TlsMaterial } from './sender';

/** Paths of PEM files; null: what the system has. */
export interface TlsFiles {
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly serverName: string | null;
  readonly insecureSkipVerify: boolean;
}

export interface RenewalParts {
  readonly create: (tls: TlsMaterial) => Sender;
  readonly events: Pick<ForwardEvents, 'certificateLoaded' | 'certificateNotRenewed'>;
}

/** A sender, and how many requests are under way on it. */
interface Counted {
  readonly sender: Sender;
  underWay: number;
}

const PROTOCOL = 'forward';

async function readMaterial(tls: TlsFiles): Promise<TlsMaterial> {
  const read = async (path: string | null): Promise<Buffer | undefined> =>
    path === null ? undefined : readFile(path);
  const [ca, cert, key] = await Promise.all([
    read(tls.caFile),
    read(tls.certFile),
    read(tls.keyFile),
  ]);
  const { insecureSkipVerify } = tls;
  return { ca, cert, key, serverName: tls.serverName ?? undefined, insecureSkipVerify };
}

const textOf = ({ ca, cert, key }: TlsMaterial): string =>
  JSON.stringify([ca, cert, key].map((pem) => pem?.toString('latin1')));

/**
 * A sender whose TLS files are read again every `checkEveryMs`, as those of the receivers are: certificates are renewed
 * while a process runs. Requests that are under way end on the connections they began on; the next ones take new ones.
 * Files that cannot be used, as in the middle of a renewal, change nothing and are told. Rejects when a file cannot be read
 * at the start.
 */
export async function connectRenewed(
  { create, events }: RenewalParts,
  files: TlsFiles,
  checkEveryMs: number,
): Promise<Sender> {
  let used = '';
  let current: Counted | undefined;
  let closed = false;

  const closeIfIdle = (counted: Counted): void => {
    if (counted !== current && counted.underWay === 0) counted.sender.close();
  };
  const use = async (renewed: boolean): Promise<void> => {
    const material = await readMaterial(files);
    const text = textOf(material);
    if (text === used || closed) return;
    const { ca, cert, key } = material;
    createSecureContext({ ca, cert, key });
    const before = current;
    current = { sender: create(material), underWay: 0 };
    used = text;
    if (before !== undefined) closeIfIdle(before);
    if (cert === undefined) return;
    const notAfterMs = Date.parse(new X509Certificate(cert).validTo);
    events.certificateLoaded({ protocol: PROTOCOL, notAfterMs, renewed });
  };
  await use(false);
  const renew = (): void => {
    use(true).catch((error: unknown) => {
      events.certificateNotRenewed({ protocol: PROTOCOL, reason: messageOf(error) });
    });
  };
  const hasFiles = [files.caFile, files.certFile, files.keyFile].some((path) => path !== null);
  const timer = hasFiles ? setInterval(renew, checkEveryMs) : undefined;
  return {
    async send(signal, bytes, abandon) {
      const counted = current!;
      counted.underWay += 1;
      try {
        return await counted.sender.send(signal, bytes, abandon);
      } finally {
        counted.underWay -= 1;
        closeIfIdle(counted);
      }
    },
    close() {
      closed = true;
      clearInterval(timer);
      current!.sender.close();
    },
  };
}
