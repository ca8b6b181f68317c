import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OtlpRequest, Signal } from '../../collector-processor/src/core/consumer';
import {
  createForward,
  type Forward,
  type ForwardSettings,
} from '../../collector-processor/src/forward/createForward';
import { type OtlpSink, type SinkOptions, startOtlpSink } from './otlpSink';
import { makeTraceRequest } from './payloads/makeTraceRequest';
import { until } from './until';

export const NO_TLS = {
  caFile: null,
  certFile: null,
  keyFile: null,
  serverName: null,
  insecureSkipVerify: false,
};
const SETTINGS: Omit<ForwardSettings, 'endpoint' | 'protocol'> = {
  headers: {},
  compression: 'none',
  timeoutMs: 5000,
  tls: NO_TLS,
  queue: { maxBytes: 1_000_000, maxRequests: 100, concurrency: 4 },
  retry: { attempts: 3, initialMs: 20, maxMs: 100 },
  drainMs: 2000,
  metricsEveryMs: 60_000,
  metricsMaxSeries: 10,
  instance: 'test',
  checkCertificatesEveryMs: 20,
};

export const { bytes: BYTES } = makeTraceRequest({ seed: 3, spans: 20, mix: 'ml', timeMs: 1e12 });

export const forwardRequest = (
  bytes: Uint8Array,
  signal: Signal = 'traces',
  tenant = 'default',
): OtlpRequest => ({
  signal,
  bytes,
  tenant,
  receivedAtMs: 0,
});

/** Resolves when nothing waits or is under way. */
export const settled = (forward: Forward): Promise<void> =>
  until(() => forward.forwarder.queued.requests === 0);

/** Forwarding to sinks, and all that it told of; what was started ends with `stop()`. */
export class ForwardBench {
  readonly protocol: 'grpc' | 'http';
  readonly directory = mkdtempSync(join(tmpdir(), 'plumbline-forward-'));
  readonly told: string[] = [];
  readonly details: string[] = [];
  readonly certificates: string[] = [];
  private readonly running: { stop(deadline: AbortSignal): Promise<void> }[] = [];

  constructor(protocol: 'grpc' | 'http') {
    this.protocol = protocol;
  }

  async sinkOf(options: Partial<SinkOptions> = {}): Promise<OtlpSink> {
    const sink = await startOtlpSink({ protocol: this.protocol, ...options });
    this.running.push(sink);
    return sink;
  }

  async forwardTo(endpoint: string, settings: Partial<ForwardSettings> = {}): Promise<Forward> {
    const { told, details, certificates, protocol } = this;
    const forward = createForward(
      {
        clock: Date.now,
        events: {
          forwardSent: ({ signal, items }) => told.push(`sent ${signal} ${items}`),
          forwardRejected: ({ items, reason }) => told.push(`rejected ${items} ${reason}`),
          forwardDropped: ({ signal, items, reason, detail }) => {
            told.push(`dropped ${signal} ${items} ${reason}`);
            details.push(detail);
          },
          forwardRetried: ({ code, reason }) => {
            told.push('retried');
            details.push(`${code}: ${reason}`);
          },
          usageOverflowed: ({ n }) => told.push(`overflowed ${n}`),
          certificateLoaded: ({ renewed }) => certificates.push(renewed ? 'renewed' : 'loaded'),
          certificateNotRenewed: ({ reason }) => certificates.push(reason),
        },
      },
      { ...SETTINGS, ...settings, endpoint, protocol },
    );
    this.running.push(forward);
    await forward.start();
    return forward;
  }

  async stop(): Promise<void> {
    for (const part of this.running.splice(0).reverse()) await part.stop(AbortSignal.abort());
    rmSync(this.directory, { recursive: true, force: true });
  }
}
