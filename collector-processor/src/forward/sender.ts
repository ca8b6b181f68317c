import type { Signal } from '../core/consumer';

/** What became of one attempt to send a request. */
export type Reply =
  /** Taken; `rejected` items of it were refused for good. */
  | { readonly status: 'sent'; readonly rejected: number; readonly reason: string }
  /** Not taken now. `afterMs` is how long the other side asked to be left alone, 0 when it did not say. */
  | {
      readonly status: 'retry';
      readonly code: string;
      readonly reason: string;
      readonly afterMs: number;
    }
  /** It will never be taken. */
  | { readonly status: 'refused'; readonly code: string; readonly reason: string };

/** A way to send requests downstream. */
export interface Sender {
  /**
   * Makes one attempt, which is given up when `abandon` aborts; never rejects. The bytes are the caller's again once it
   * has resolved: whatever is still under way of them then goes nowhere.
   */
  send(signal: Signal, bytes: Buffer, abandon: AbortSignal): Promise<Reply>;
  close(): void;
}

/** Where requests go, and how. */
export interface SenderSettings {
  /** `http://…` or `https://…`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: 'none' | 'gzip';
  /** For one attempt, milliseconds. */
  readonly timeoutMs: number;
  /** Requests that are sent at the same time. */
  readonly concurrency: number;
  readonly tls: TlsMaterial;
}

/** What a TLS connection needs, as read from the files of the configuration; undefined: what the system has. */
export interface TlsMaterial {
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
  /** Name that the certificate must have, when it is not that of the endpoint. */
  readonly serverName: string | undefined;
  readonly insecureSkipVerify: boolean;
}

/** Longest reason that is kept of what the other side says. */
const MAX_REASON = 300;

export const shortReason = (text: string): string => text.slice(0, MAX_REASON);
