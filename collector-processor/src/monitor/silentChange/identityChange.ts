import type { AnswerHour } from './answerHour';
import type { Identity, SilentChangeSettings } from './silentChangeSettings';

export interface IdentityChange {
  readonly signal: Identity;
  /** When the new name was first seen: of a model to the call, of a fingerprint to the hour. Unix milliseconds. */
  readonly sinceMs: number;
  readonly before: string;
  readonly after: string;
  /** Calls from the next hour on, up to a day, that told a name, and those of them that told the new one. */
  readonly n: number;
  readonly count: number;
  /** The same of the hours that it is compared with. */
  readonly referenceN: number;
  /** End of the hour with which it was sure, Unix milliseconds. */
  readonly foundMs: number;
}

interface NamedHour {
  readonly timeMs: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly firstMs: Readonly<Record<string, number>>;
  readonly n: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const add = (to: Record<string, number>, counts: Readonly<Record<string, number>>): void => {
  for (const [name, count] of Object.entries(counts)) to[name] = (to[name] ?? 0) + count;
};

/** All callers of an hour together. */
function namedHours(hours: readonly AnswerHour[], signal: Identity): NamedHour[] {
  const byTime = new Map<number, AnswerHour[]>();
  for (const hour of hours) byTime.set(hour.timeMs, [...(byTime.get(hour.timeMs) ?? []), hour]);
  return [...byTime]
    .sort(([a], [b]) => a - b)
    .map(([timeMs, several]) => {
      const counts: Record<string, number> = {};
      const firstMs: Record<string, number> = {};
      for (const hour of several) {
        add(counts, signal === 'answering_model' ? hour.models : hour.fingerprints);
        for (const [name, at] of Object.entries(hour.firstMs)) {
          firstMs[name] = Math.min(firstMs[name] ?? Infinity, at);
        }
      }
      return { timeMs, counts, firstMs, n: Object.values(counts).reduce((a, b) => a + b, 0) };
    })
    .filter(({ n }) => n > 0);
}

const total = (hours: readonly NamedHour[]): number => hours.reduce((sum, { n }) => sum + n, 0);
const countOf = (hours: readonly NamedHour[], name: string): number =>
  hours.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0);

/** Names that came up after the first half day of these hours, and stayed for more than single calls. */
function newNamesIn(hours: readonly NamedHour[], { leastCalls }: SilentChangeSettings): number {
  const first = hours[0];
  if (first === undefined) return 0;
  const known = new Set<string>();
  const counts: Record<string, number> = {};
  for (const hour of hours) {
    if (hour.timeMs < first.timeMs + DAY_MS / 2)
      Object.keys(hour.counts).forEach((name) => known.add(name));
    else add(counts, hour.counts);
  }
  return Object.entries(counts).filter(([name, n]) => n >= leastCalls && !known.has(name)).length;
}

const mostFrequent = (hours: readonly NamedHour[]): string => {
  const counts: Record<string, number> = {};
  for (const hour of hours) add(counts, hour.counts);
  return Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? '';
};

function stays(
  since: readonly NamedHour[],
  name: string,
  { leastCalls, presentShare, leastHours }: SilentChangeSettings,
): boolean {
  const count = countOf(since, name);
  const seen = since.filter(({ counts }) => counts[name] !== undefined).length;
  return count >= leastCalls && count >= presentShare * total(since) && seen >= leastHours;
}

/**
 * The first hour from `fromMs` on in which a name came up that the hours before hardly knew, and that stayed. A name is a
 * fact, so no test is needed, only that it is not a passing one: enough calls, a share of them, in more than one hour. An
 * alias whose names change all the time has no such hour. Hours before `afterMs` are no reference.
 */
export function identityChange(
  hours: readonly AnswerHour[],
  signal: Identity,
  { fromMs, afterMs }: { readonly fromMs: number; readonly afterMs: number },
  settings: SilentChangeSettings,
): IdentityChange | undefined {
  const named = namedHours(hours, signal);
  for (const [at, hour] of named.entries()) {
    if (hour.timeMs < Math.max(fromMs, afterMs)) continue;
    const before = named
      .slice(0, at)
      .filter(({ timeMs }) => timeMs >= hour.timeMs - settings.referenceMs);
    const reference = before.filter(({ timeMs }) => timeMs >= afterMs);
    const referenceN = total(reference);
    if (reference.length < settings.leastNamedHours[signal] || referenceN < settings.leastCalls)
      continue;
    for (const name of Object.keys(hour.counts).sort()) {
      if (countOf(reference, name) > settings.absentShare * referenceN) continue;
      if (newNamesIn(before, settings) >= settings.newNames[signal]) continue;
      const since = named.slice(at).filter(({ timeMs }) => timeMs < hour.timeMs + DAY_MS);
      const sure = since.findIndex((_, k) => stays(since.slice(0, k + 1), name, settings));
      if (sure < 0) continue;
      return {
        signal,
        sinceMs: signal === 'answering_model' ? hour.firstMs[name]! : hour.timeMs,
        before: mostFrequent(reference),
        after: name,
        n: total(since.slice(1)),
        count: countOf(since.slice(1), name),
        referenceN,
        foundMs: since[sure]!.timeMs + HOUR_MS,
      };
    }
  }
  return undefined;
}
