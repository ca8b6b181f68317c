import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OtlpRequest } from '../core/consumer';

export interface DeadLetterSettings {
  readonly path: string;
  /** Bytes that the directory may hold; what comes after that is counted and dropped. */
  readonly maxBytes: number;
}

/** Keeps requests that the store refused for good, so that someone can look at them and send them again. */
export interface DeadLetter {
  /** Resolves to false when the directory is full or cannot be written. */
  keep(request: OtlpRequest, reason: string): Promise<boolean>;
}

/**
 * One pair of files per request: `<time>-<n>.<signal>.pb` (the OTLP request as received) and `.reason.json` beside it.
 */
export function createDeadLetter({ path, maxBytes }: DeadLetterSettings): DeadLetter {
  let used: number | undefined;
  let sequence = 0;

  return {
    async keep(request, reason) {
      try {
        used ??= await sizeOf(path);
        if (used + request.bytes.length > maxBytes) return false;
        used += request.bytes.length;
        const time = new Date(request.receivedAtMs).toISOString().replaceAll(':', '-');
        const name = join(path, `${time}-${process.pid}-${sequence++}.${request.signal}`);
        await writeFile(`${name}.pb`, request.bytes);
        const { tenant, receivedAtMs } = request;
        await writeFile(`${name}.reason.json`, JSON.stringify({ reason, tenant, receivedAtMs }));
        return true;
      } catch {
        // A full disk must not take the processor down; the caller counts what was lost.
        return false;
      }
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  await mkdir(path, { recursive: true });
  let total = 0;
  for (const name of await readdir(path)) total += (await stat(join(path, name))).size;
  return total;
}
