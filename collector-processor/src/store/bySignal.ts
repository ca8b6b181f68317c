import type { Consumer, Signal } from '../core/consumer';

/** Gives each request to the consumer of its signal; refuses one that nobody takes. */
export const bySignal = (consumers: Partial<Record<Signal, Consumer>>): Consumer => ({
  consume: (request, deadline) =>
    consumers[request.signal]?.consume(request, deadline) ??
    Promise.resolve({ status: 'refused', reason: `${request.signal} are not stored` }),
});
