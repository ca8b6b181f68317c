import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** One request body in a file that the engine reads. */
export interface SpooledBody {
  readonly path: string;
  readonly bytes: number;
  remove(): Promise<void>;
}

export interface Spool {
  readonly memoryDirectory: string | undefined;
  /**
   * Writes the chunks to a new file. `expectedBytes` is the most they can be. The file is gone again when this throws.
   */
  write(chunks: AsyncIterable<Buffer>, expectedBytes: number): Promise<SpooledBody>;
  close(): void;
}

export interface SpoolSettings {
  /** Where the system keeps files in memory; not used when there is no such place. */
  readonly memoryRoot: string;
  /** Tells the files of this engine from those of others in `memoryRoot`. */
  readonly name: string;
  /** In the data directory; it exists and is empty. */
  readonly directory: string;
  /** Bytes that may be in memory at once. */
  readonly memoryBytes: number;
}

/** What stays free in the memory-backed file system for everybody else, bytes. */
const RESERVE_BYTES = 32 * 1024 * 1024;

/**
 * Insert bodies travel to the engine in files: the SQL text would end binary data at the first empty line, and files
 * cost the engine no copy. They live in memory while there is room, else in the data directory.
 */
export function createSpool(settings: SpoolSettings): Spool {
  const memoryDirectory = makeMemoryDirectory(settings);
  let files = 0;
  let reserved = 0;

  const memoryFits = (bytes: number): string | undefined => {
    if (memoryDirectory === undefined || reserved + bytes > settings.memoryBytes) return undefined;
    const system = statfsSync(memoryDirectory);
    // What others reserved is not written yet, so it still looks free.
    return system.bavail * system.bsize >= reserved + bytes + RESERVE_BYTES
      ? memoryDirectory
      : undefined;
  };

  return {
    memoryDirectory,
    async write(chunks, expectedBytes) {
      const memory = memoryFits(expectedBytes);
      const path = join(memory ?? settings.directory, `insert${(files += 1)}`);
      const held = memory === undefined ? 0 : expectedBytes;
      reserved += held;
      const remove = async (): Promise<void> => {
        await rm(path, { force: true });
        reserved -= held;
      };
      try {
        // It is there before anything is read: a body that breaks off at once must not make it after it was removed.
        const file = (await open(path, 'wx', 0o600)).createWriteStream();
        await pipeline(chunks, file);
        return { path, bytes: file.bytesWritten, remove };
      } catch (error) {
        await remove();
        throw error;
      }
    },
    close() {
      if (memoryDirectory !== undefined) rmSync(memoryDirectory, { recursive: true, force: true });
    },
  };
}

/**
 * A directory that nobody could prepare for us: its name is not known before. What a killed predecessor left is removed;
 * the lock of the data directory says that it is not in use.
 */
function makeMemoryDirectory({ memoryRoot, name }: SpoolSettings): string | undefined {
  if (!existsSync(memoryRoot)) return undefined;
  const prefix = `plumbline-${name}-`;
  for (const entry of readdirSync(memoryRoot))
    if (entry.startsWith(prefix)) removeIfOurs(join(memoryRoot, entry));
  return mkdtempSync(join(memoryRoot, prefix));
}

function removeIfOurs(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Another user may name his files as he likes; they stay his.
  }
}
