import type { Extra } from './extraCpu';

/** All kinds of detectors, and names of which no span has one: what is measured is the search, and one hit in a hundred spans. */
const RULES = [
  {
    name: 'credentials',
    attributes: [
      'http.request.header.authorization',
      'http.request.header.cookie',
      'http.response.header.set-cookie',
      '*password*',
      '*secret*',
      '*api_key*',
    ],
    action: 'drop',
  },
  { name: 'values', detect: ['all'], action: 'mask' },
];

export const REDACTION: readonly Extra[] = [
  {
    name: 'redaction',
    figure: 'redact_extra_cpu_s_per_m',
    config: () => Promise.resolve({ redact: { rules: RULES } }),
  },
];
