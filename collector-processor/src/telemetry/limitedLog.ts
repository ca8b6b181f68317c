import type { Clock } from '../core/clock';

const EVERY_MS = 10_000;
const MAX_KEYS = 500;

/** Writes the line; `suppressed` is how many like it were left out since the last one. */
type Write = (suppressed: number) => void;

/**
 * At most one log line per key in ten seconds, so that one broken sender cannot fill a disk. Counters see every event;
 * the next line that is written tells how many were left out.
 */
export const createLimitedLog = (clock: Clock): ((key: string, write: Write) => void) => {
  const lines = new Map<string, { atMs: number; suppressed: number }>();
  return (key, write) => {
    const now = clock();
    const last = lines.get(key);
    if (last !== undefined && now - last.atMs < EVERY_MS) {
      last.suppressed += 1;
      return;
    }
    // Keys hold reasons that senders can vary: the oldest makes room.
    if (last === undefined && lines.size >= MAX_KEYS) lines.delete(lines.keys().next().value ?? '');
    lines.set(key, { atMs: now, suppressed: 0 });
    write(last?.suppressed ?? 0);
  };
};
