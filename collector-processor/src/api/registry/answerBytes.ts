import type { Snapshot } from './snapshot';

/** Bytes of answers that are kept with one snapshot; an answer beyond that is written again each time. */
const MOST_BYTES = 16 * 1024 * 1024;

interface Kept {
  readonly answers: Map<string, Buffer>;
  bytes: number;
}

const keptOf = new WeakMap<Snapshot, Kept>();

const written = (fields: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(
    `{${Object.entries(fields)
      .map(([name, json]) => `"${name}":${json},`)
      .join('')}`,
  );

/**
 * An answer of a snapshot, with its age in milliseconds at the end: all else is written when it is asked for first, and sent as the
 * same bytes after that. `question` tells what was asked: one question has one answer. `fields` are JSON by name.
 */
export function answerBytes(
  snapshot: Snapshot,
  question: string,
  fields: () => Readonly<Record<string, string>>,
  now: number,
): Buffer {
  const kept = keptOf.get(snapshot) ?? { answers: new Map<string, Buffer>(), bytes: 0 };
  keptOf.set(snapshot, kept);
  const { takenAtMs } = snapshot;
  let answer = kept.answers.get(question);
  if (answer === undefined) {
    answer = written({ ...fields(), as_of: JSON.stringify(new Date(takenAtMs).toISOString()) });
    if (kept.bytes + answer.length <= MOST_BYTES) {
      kept.answers.set(question, answer);
      kept.bytes += answer.length;
    }
  }
  return Buffer.concat([answer, Buffer.from(`"age_ms":${Math.max(0, now - takenAtMs)}}`)]);
}
