import { startOtlpSink } from '../../support/otlpSink';
import { serveTask } from '../process/childTask';

/** A receiver downstream as a process of its own, which keeps nothing: told the protocol, it answers with its endpoint. */
serveTask(
  async (protocol: 'grpc' | 'http'): Promise<string> =>
    (await startOtlpSink({ protocol, keep: false })).endpoint,
);
