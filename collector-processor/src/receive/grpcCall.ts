import { Metadata, status as GRPC } from '@grpc/grpc-js';
import type { ServerInterceptingCallInterface, ServerListener } from '@grpc/grpc-js';
import type { Authenticate } from './authenticate';
import type { Budget } from './budget';
import type { ReceiveEvents, RefusalReason } from './events';
import type { Intake } from './intake';
import { grpcReply } from './reply';
import type { GrpcSettings } from './settings';
import type { SignalRoute } from './signals';
import type { TenantRates } from './tenantRates';
import type { Verdict } from './verdict';

type Status = Parameters<ServerInterceptingCallInterface['sendStatus']>[0];

export interface GrpcCallParts {
  readonly intake: Intake;
  readonly authenticate: Authenticate;
  readonly budget: Budget;
  readonly rates: TenantRates;
  readonly events: ReceiveEvents;
  readonly settings: GrpcSettings;
}

/** What a call counts in the budget while its message is on the way; gRPC does not announce sizes. */
const READING_BYTES = 64 * 1024;

/** What grpc-js decompresses by itself. */
const ACCEPTED_ENCODINGS = 'identity,deflate,gzip';

/** Why grpc-js itself ends a call of which we have not seen the whole message yet. */
const OWN_REFUSALS: Partial<Record<GRPC, RefusalReason>> = {
  [GRPC.RESOURCE_EXHAUSTED]: 'too_large',
  [GRPC.UNIMPLEMENTED]: 'encoding',
  [GRPC.DEADLINE_EXCEEDED]: 'timeout',
};

/**
 * One Export call from its headers to its status, as a listener in front of grpc-js's own unary handling: only there can
 * a call be refused before its body is read, and only there is it seen when it never becomes a whole message.
 */
export class GrpcCall {
  private readonly parts: GrpcCallParts;
  private readonly route: SignalRoute;
  private readonly call: ServerInterceptingCallInterface;
  private state: 'reading' | 'consuming' | 'ended' = 'reading';
  private tenant = '';
  private message: Buffer | undefined;
  private heldBytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting = new AbortController();
  private readonly sendStatus: (status: Status) => void;

  constructor(parts: GrpcCallParts, route: SignalRoute, call: ServerInterceptingCallInterface) {
    this.parts = parts;
    this.route = route;
    this.call = call;
    this.sendStatus = call.sendStatus.bind(call);
    // grpc-js ends calls by itself (too large, unknown encoding, deadline) through this method of the same object.
    call.sendStatus = (status) => {
      this.endedByGrpc(status);
    };
  }

  readonly listener: ServerListener = {
    onReceiveMetadata: (metadata: Metadata, next: (metadata: Metadata) => void) => {
      const { authenticate, budget, rates, events, settings } = this.parts;
      const sender = authenticate((name) => metadata.get(name)[0]?.toString());
      if (sender === undefined) {
        this.refuse({ status: 'unauthenticated' }, 'unauthenticated');
        return;
      }
      const { tenant } = sender;
      const limited = rates.admit(tenant);
      if (limited !== undefined) {
        const { limit, waitMs } = limited;
        events.tenantLimited({ protocol: 'grpc', tenant, limit });
        this.refuse({ status: 'limited', retryAfterMs: waitMs }, 'rate_limit');
        return;
      }
      if (!budget.take(READING_BYTES)) {
        this.refuseBusy();
        return;
      }
      this.tenant = tenant;
      this.heldBytes = READING_BYTES;
      this.timer = setTimeout(() => {
        this.refuse({ status: 'refused', reason: 'the message did not arrive in time' }, 'timeout');
      }, settings.limits.requestTimeoutMs);
      next(metadata);
    },

    onReceiveMessage: (message: Buffer, next: (message: Buffer) => void) => {
      if (this.state !== 'reading') return;
      if (this.message !== undefined) {
        this.refuse({ status: 'refused', reason: 'more than one request message' }, 'malformed');
        return;
      }
      const more = message.length - this.heldBytes;
      if (more > 0 && !this.parts.budget.take(more)) {
        this.refuseBusy(message.length);
        return;
      }
      if (more < 0) this.parts.budget.release(-more);
      this.heldBytes = message.length;
      this.message = message;
      next(message);
    },

    // Not passed on: the request is whole, and what grpc-js would do now is done here.
    onReceiveHalfClose: () => {
      if (this.state !== 'reading') return;
      if (this.message === undefined) setImmediate(this.refuseEmpty);
      else void this.consume(this.message);
    },

    // Called for every end of a call, also after a good answer.
    onCancel: () => {
      if (this.state === 'reading') this.endReading('aborted');
      if (this.state === 'consuming') this.waiting.abort(new Error('the sender does not wait'));
    },
  };

  private async consume(bytes: Buffer): Promise<void> {
    clearTimeout(this.timer);
    this.state = 'consuming';
    const { signal } = this.route;
    const received = { protocol: 'grpc', signal, bytes, tenant: this.tenant } as const;
    const verdict = await this.parts.intake(received, this.waiting.signal);
    this.release();
    this.state = 'ended';
    this.send(verdict);
  }

  /** Called a little after the end, because the end of a connection looks the same until it is told as such. */
  private readonly refuseEmpty = (): void => {
    if (this.state !== 'reading') return;
    this.refuse({ status: 'refused', reason: 'no request message came' }, 'malformed');
  };

  private send(verdict: Verdict): void {
    const { code, details, metadata, message } = grpcReply(verdict);
    if (code !== GRPC.OK) {
      this.sendStatus({ code, details, metadata });
      return;
    }
    this.call.sendMessage(message, () => {
      this.sendStatus({ code, details, metadata });
    });
  }

  private refuseBusy(bytes = 0): void {
    const retryAfterMs = this.parts.settings.limits.busyRetryAfterMs;
    this.refuse({ status: 'busy', retryAfterMs }, 'in_flight_limit', bytes);
  }

  private refuse(verdict: Verdict, reason: RefusalReason, bytes = 0): void {
    this.endReading(reason, bytes);
    this.send(verdict);
  }

  private endReading(reason: RefusalReason, bytes = this.message?.length ?? 0): void {
    clearTimeout(this.timer);
    this.state = 'ended';
    this.release();
    const { signal } = this.route;
    this.parts.events.requestRefused({ protocol: 'grpc', signal, reason, bytes });
  }

  private release(): void {
    this.parts.budget.release(this.heldBytes);
    this.heldBytes = 0;
  }

  private endedByGrpc(status: Status): void {
    let told = status;
    if (this.state === 'reading') {
      const reason = OWN_REFUSALS[status.code] ?? 'malformed';
      this.endReading(reason);
      // Bytes that cannot be decompressed are the sender's fault, not an internal error.
      if (reason === 'malformed') told = { ...status, code: GRPC.INVALID_ARGUMENT };
      if (reason === 'encoding') {
        const metadata = new Metadata();
        metadata.set('grpc-accept-encoding', ACCEPTED_ENCODINGS);
        told = { ...status, metadata };
      }
    }
    this.sendStatus(told);
  }
}
