import type { OtlpAddresses } from './exporters';
import type { PlantedFault } from './faults';
import type { LedgerCounts } from './ledger';
import type { HeldOutScore } from './models/servedModel';
import type { HistoryProgress } from './sendHistory';

/** What the demo tells the process of its senders. */
export type ToSenders =
  { readonly kind: 'serve'; readonly settings: SenderSettings } | { readonly kind: 'stop' };

export interface SenderSettings {
  readonly addresses: OtlpAddresses;
  /** Marks all spans of this run. */
  readonly run: string;
  /** Days of past traffic; 0 for none. */
  readonly historyDays: number;
  /** Nothing goes wrong. */
  readonly quiet: boolean;
}

export interface SenderStatus {
  readonly sent: LedgerCounts;
  /** Absent before it begins. */
  readonly history?: Readonly<HistoryProgress>;
  readonly planted: readonly PlantedFault[];
  /** Empty until they are trained. */
  readonly models: readonly TrainedModel[];
  /** Exports that the SDK gave up. */
  readonly problems: readonly string[];
}

export interface TrainedModel {
  readonly name: string;
  readonly score: HeldOutScore;
}

/** What the senders tell the demo: their state every second, and once more when all is flushed. */
export type FromSenders =
  | { readonly kind: 'status'; readonly status: SenderStatus }
  | { readonly kind: 'stopped'; readonly status: SenderStatus };
