import { type Tone, worstTone } from '../../shared/status';
import type { FleetModel } from './fleetModel';

/** Why a model needs a look; `reasonText` says it in words. */
export type Reason =
  | {
      readonly kind: 'drift';
      readonly feature: string;
      readonly score: number | null;
      readonly drifted: number;
      readonly features: number;
    }
  | {
      readonly kind: 'quality';
      readonly check: string;
      readonly feature: string;
      readonly rate: number | null;
      readonly failedChecks: number;
    }
  | { readonly kind: 'errors'; readonly rate: number }
  | { readonly kind: 'performance'; readonly metric: string; readonly labelCoverage: number | null }
  | { readonly kind: 'silent'; readonly lastSeenMs: number }
  | { readonly kind: 'coverage'; readonly coverage: number };

export interface Finding {
  readonly tone: Tone;
  readonly reason: Reason;
}

export interface Attention {
  readonly tone: Tone;
  /** Worst first. */
  readonly findings: readonly Finding[];
}

/** Failed requests: a share of so few would be chance. */
const ERRORS_NEED_REQUESTS = 20;
const ERRORS_WARN = 0.01;
const ERRORS_BAD = 0.05;

/** Below this share of requests with a known price, a cost misleads. */
const COVERAGE_WARN = 0.95;

/** A model that is silent for so long, yet was seen within the last days, may have lost its sender. */
const SILENT_AFTER_MS = 3_600_000;
const RETIRED_AFTER_MS = 7 * 86_400_000;

const driftFinding = ({ drift }: FleetModel): readonly Finding[] =>
  drift.status === 'drift' || drift.page
    ? [
        {
          tone: drift.page ? 'bad' : 'warn',
          reason: {
            kind: 'drift',
            feature: drift.topFeature,
            score: drift.topScore,
            drifted: drift.drifted,
            features: drift.features,
          },
        },
      ]
    : [];

const qualityFinding = ({ quality }: FleetModel): readonly Finding[] =>
  quality.failedChecks > 0
    ? [
        {
          tone: quality.page ? 'bad' : 'warn',
          reason: {
            kind: 'quality',
            check: quality.topCheck,
            feature: quality.topFeature,
            rate: quality.topRate,
            failedChecks: quality.failedChecks,
          },
        },
      ]
    : [];

const errorFinding = ({ errorRate, requests }: FleetModel): readonly Finding[] =>
  errorRate !== null && requests >= ERRORS_NEED_REQUESTS && errorRate >= ERRORS_WARN
    ? [
        {
          tone: errorRate >= ERRORS_BAD ? 'bad' : 'warn',
          reason: { kind: 'errors', rate: errorRate },
        },
      ]
    : [];

const performanceFinding = ({ performance }: FleetModel): readonly Finding[] =>
  performance.status === 'untrusted'
    ? [
        {
          tone: 'warn',
          reason: {
            kind: 'performance',
            metric: performance.metric,
            labelCoverage: performance.labelCoverage,
          },
        },
      ]
    : [];

const silenceFinding = ({ lastSeenMs, stage }: FleetModel, nowMs: number): readonly Finding[] => {
  if (lastSeenMs === null || stage === 'archived') return [];
  const silentMs = nowMs - lastSeenMs;
  if (silentMs < SILENT_AFTER_MS || silentMs > RETIRED_AFTER_MS) return [];
  return [{ tone: 'warn', reason: { kind: 'silent', lastSeenMs } }];
};

const coverageFinding = ({ costCoverage }: FleetModel): readonly Finding[] =>
  costCoverage !== null && costCoverage < COVERAGE_WARN
    ? [{ tone: 'warn', reason: { kind: 'coverage', coverage: costCoverage } }]
    : [];

/** What the monitor decided, where none of our own findings says as much. */
const toneOfStatus: Readonly<Record<string, Tone>> = { page: 'bad', warning: 'warn', ok: 'good' };

/** Whether a model needs a look, and why: what the monitor found, then what the numbers of the last day say by themselves. */
export const attentionOf = (model: FleetModel, nowMs: number): Attention => {
  const findings = [
    ...driftFinding(model),
    ...qualityFinding(model),
    ...errorFinding(model),
    ...performanceFinding(model),
    ...silenceFinding(model, nowMs),
    ...coverageFinding(model),
  ];
  const badFirst = [
    ...findings.filter(({ tone }) => tone === 'bad'),
    ...findings.filter(({ tone }) => tone !== 'bad'),
  ];
  const decided = toneOfStatus[model.status ?? ''] ?? 'unknown';
  return { tone: worstTone([decided, ...findings.map(({ tone }) => tone)]), findings: badFirst };
};
