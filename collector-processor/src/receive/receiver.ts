import type { Clock } from '../core/clock';
import type { Component } from '../core/component';
import type { Consumer } from '../core/consumer';
import type { Authenticate } from './authenticate';
import type { Budget } from './budget';
import type { ReceiveEvents } from './events';
import type { TenantRates } from './tenantRates';

export interface ReceiverParts {
  readonly next: Consumer;
  readonly authenticate: Authenticate;
  /** The same one for both servers. */
  readonly budget: Budget;
  /** The same ones for both servers. */
  readonly rates: TenantRates;
  readonly events: ReceiveEvents;
  readonly clock: Clock;
}

/** A server; `address` is `host:port`, after `start()` with the port that was really bound. */
export type Receiver = Component & { readonly address: string };
