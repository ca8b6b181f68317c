import { join } from 'node:path';
import { startTask } from '../process/childTask';
import type { Extra } from './extraCpu';

const forwarding = (
  protocol: 'grpc' | 'http',
  compression: 'none' | 'gzip',
  figure: Extra['figure'],
): Extra => ({
  name: `forwarding over ${protocol}, compression ${compression}`,
  figure,
  async config(keep) {
    const sink = keep(startTask<string, string>(join(__dirname, '../forward/sinkServer.js')));
    const endpoint = await sink.call(protocol);
    // Room for all that a run can leave behind: what is dropped would cost nothing.
    const queue = { maxBytes: 1024 ** 3, maxRequests: 100_000 };
    return { forward: { endpoint, protocol, compression, queue } };
  },
});

/** The ways of forwarding; the figure is that of HTTP without compression. */
export const FORWARDING: readonly Extra[] = [
  forwarding('http', 'none', 'forward_extra_cpu_s_per_m'),
  forwarding('http', 'gzip', undefined),
  forwarding('grpc', 'none', undefined),
  forwarding('grpc', 'gzip', undefined),
];
