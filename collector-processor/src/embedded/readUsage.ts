import type { FrontParts } from './frontParts';
import type { EngineUsage } from './usage';

/** What the child does at this moment. */
export const readUsage = (parts: FrontParts): EngineUsage => ({
  runningQueries: parts.querySlots.running,
  runningInserts: parts.insertSlots.running,
  waiting: parts.querySlots.waiting + parts.insertSlots.waiting + parts.uploadSlots.waiting,
  queries: parts.counts.queries,
  inserts: parts.counts.inserts,
  cancelled: parts.counts.cancelled,
  errors: { ...parts.counts.errors },
  lingeringSessions: parts.chdb.lingering,
  residentBytes: process.memoryUsage.rss(),
});
