import type { Alias, AnswerHour } from './answerHour';
import { behaviourChange, type BehaviourChange } from './behaviourChange';
import { BEHAVIOUR_SIGNALS } from './behaviourSignals';
import { compareBehaviour, compareSignal } from './compareBehaviour';
import { identityChange, type IdentityChange } from './identityChange';
import type { Identity, SilentChangeSettings } from './silentChangeSettings';

/** A change of the model behind an alias that nobody told. */
export interface SilentChange {
  /** What showed it; names the event together with `after` and the hour. */
  readonly signal: string;
  readonly sinceMs: number;
  /** The name that is new; empty for behaviour. */
  readonly after: string;
  readonly text: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** A change that was told already. */
export interface KnownChange {
  readonly signal: string;
  readonly sinceMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const IDENTITIES: readonly Identity[] = ['answering_model', 'system_fingerprint'];
const floorHour = (timeMs: number): number => Math.floor(timeMs / HOUR_MS) * HOUR_MS;
const timeOf = (timeMs: number): string =>
  `${new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

interface Watched {
  readonly alias: Alias;
  /** In order of time. */
  readonly hours: readonly AnswerHour[];
  readonly known: readonly KnownChange[];
}

/**
 * What is new about an alias between two times. After a change that is known the alias has to be watched for a while, before
 * there is something to compare with again. A new name explains what behaves otherwise from then on: it is told once.
 */
export function findChanges(
  { alias, hours, known }: Watched,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  settings: SilentChangeSettings,
): SilentChange[] {
  const found: SilentChange[] = [];
  const last = (signal?: string): number =>
    Math.max(
      -Infinity,
      ...[...known, ...found]
        .filter((one) => signal === undefined || one.signal === signal)
        .map(({ sinceMs }) => floorHour(sinceMs)),
    );
  const explained = (sinceMs: number): boolean => Math.abs(last() - sinceMs) < DAY_MS;
  for (const signal of IDENTITIES) {
    const afterMs = last(signal);
    const range = { fromMs: Math.max(fromMs, afterMs + HOUR_MS), afterMs };
    const change = identityChange(hours, signal, range, settings);
    if (change === undefined) continue;
    // A fingerprint changes with its model.
    if (signal === 'system_fingerprint' && explained(floorHour(change.sinceMs))) continue;
    found.push(describeIdentity(alias, hours, change, settings));
  }
  const behaved = BEHAVIOUR_SIGNALS.flatMap((signal) => {
    const span = { fromMs, toMs, afterMs: last() };
    return behaviourChange(hours, signal, span, settings) ?? [];
  });
  const first = behaved.sort((a, b) => a.foundMs - b.foundMs)[0];
  if (first !== undefined && !explained(first.sinceMs)) {
    found.push(describeBehaviour(alias, hours, first, behaved));
  }
  return found;
}

const referenceOf = (
  hours: readonly AnswerHour[],
  sinceMs: number,
  { referenceMs }: Pick<SilentChangeSettings, 'referenceMs'>,
): AnswerHour[] =>
  hours.filter(({ timeMs }) => timeMs >= sinceMs - referenceMs && timeMs < floorHour(sinceMs));

function describeIdentity(
  { model, provider }: Alias,
  hours: readonly AnswerHour[],
  change: IdentityChange,
  settings: SilentChangeSettings,
): SilentChange {
  const { signal, sinceMs, before, after, n, count, referenceN, foundMs } = change;
  const since = hours.filter(({ timeMs }) => timeMs > floorHour(sinceMs));
  const behaviour = compareBehaviour(referenceOf(hours, sinceMs, settings), since, settings);
  const what =
    signal === 'answering_model'
      ? `is answered by ${after} instead of ${before}`
      : `has system fingerprint ${after} instead of ${before}`;
  const others = behaviour.map(({ text }) => `; ${text}`).join('');
  return {
    signal,
    sinceMs,
    after,
    text: `${nameOf(model, provider)} ${what} since ${timeOf(sinceMs)}: ${count} of ${n} calls${others}`,
    evidence: {
      ...{ signal, provider, before, after, count, n, reference_n: referenceN },
      ...{ found_at: new Date(foundMs).toISOString(), behaviour },
    },
  };
}

function describeBehaviour(
  { model, provider }: Alias,
  hours: readonly AnswerHour[],
  first: BehaviourChange,
  all: readonly BehaviourChange[],
): SilentChange {
  const { sinceMs, foundMs, callers } = first;
  const reference = hours.filter(({ timeMs }) => timeMs < sinceMs);
  const since = hours.filter(({ timeMs }) => timeMs >= sinceMs && timeMs < foundMs);
  const behaviour = all.flatMap(({ signal, p, effect }) => {
    const compared = compareSignal(signal, reference, since);
    return compared === undefined ? [] : [{ ...compared.told, p, effect }];
  });
  const told = behaviour.map(({ text }) => text).join('; ');
  return {
    signal: first.signal.name,
    sinceMs,
    after: '',
    text: `${nameOf(model, provider)} answers otherwise since ${timeOf(sinceMs)}: ${told}`,
    evidence: {
      ...{ signal: first.signal.name, provider, callers },
      ...{ found_at: new Date(foundMs).toISOString(), behaviour },
    },
  };
}

const nameOf = (model: string, provider: string): string =>
  provider === '' ? model : `${model} at ${provider}`;
