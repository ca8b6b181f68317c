/** Names that answers carry. */
export type Identity = 'answering_model' | 'system_fingerprint';

/** What makes a difference in how an alias is answered a change of the model behind it. */
export interface SilentChangeSettings {
  /** Hours before an hour that it is compared with, at most and at least: of those that have enough calls. */
  readonly referenceMs: number;
  readonly leastReferenceHours: number;
  /** The same for names, which are no matter of chance: hours with one. Fingerprints change more often than models. */
  readonly leastNamedHours: Readonly<Record<Identity, number>>;
  /** Calls without which an hour tells nothing of behaviour, and without which a new name is not believed. */
  readonly leastCalls: number;
  /** Largest share of the reference that a name may have had to count as new, and its smallest share since then. */
  readonly absentShare: number;
  readonly presentShare: number;
  /** Hours with calls in which a new name must have been seen. */
  readonly leastHours: number;
  /** So many names that came up within the reference make one more of them no news. */
  readonly newNames: Readonly<Record<Identity, number>>;
  /** Smallest effects that are told: reference standard deviations of a call; of shares 2 arcsin √q − 2 arcsin √p. */
  readonly effectFloor: number;
  readonly shareFloor: number;
  /** Events by mistake that one alias may have in a year, by its behaviour. */
  readonly falseEventsPerYear: number;
  /** A caller with less of the reference's calls is not asked. */
  readonly callerShare: number;
}

const DAY_MS = 86_400_000;

export const SILENT_CHANGE_DEFAULTS: SilentChangeSettings = {
  referenceMs: 7 * DAY_MS,
  leastReferenceHours: 48,
  leastNamedHours: { answering_model: 24, system_fingerprint: 72 },
  leastCalls: 20,
  absentShare: 0.01,
  presentShare: 0.1,
  leastHours: 2,
  newNames: { answering_model: 2, system_fingerprint: 1 },
  effectFloor: 0.2,
  shareFloor: 0.1,
  falseEventsPerYear: 1,
  callerShare: 0.2,
};
