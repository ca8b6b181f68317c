import type { EmbeddedSettings } from './settings';
import type { EngineUsage } from './usage';

/** What the supervisor tells the child, over the IPC channel: passwords must not show in a process list. */
export type ToChild =
  { readonly type: 'open'; readonly settings: EmbeddedSettings } | { readonly type: 'stop' };

/** What the child tells the supervisor. */
export type FromChild =
  | {
      readonly type: 'serving';
      readonly port: number;
      readonly version: string;
      /** Holds files in memory, which must not outlive a child that is killed. */
      readonly memoryDirectory: string | undefined;
    }
  /** It could not open the directory or listen; it ends after this. */
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'usage'; readonly usage: EngineUsage };
