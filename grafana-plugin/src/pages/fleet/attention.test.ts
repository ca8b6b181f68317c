import { attentionOf } from './attention';
import { CALM, NOW_MS } from './fleet.fixture';
import type { FleetModel } from './fleetModel';

const kinds = (change: Partial<FleetModel>) =>
  attentionOf({ ...CALM, ...change }, NOW_MS).findings.map(({ tone, reason }) => [
    tone,
    reason.kind,
  ]);

describe('attentionOf', () => {
  it('has nothing to say of a calm model', () => {
    expect(attentionOf(CALM, NOW_MS)).toEqual({ tone: 'good', findings: [] });
  });

  it('does not take a model that nobody has looked at for a good one', () => {
    expect(attentionOf({ ...CALM, status: null }, NOW_MS).tone).toBe('unknown');
    expect(attentionOf({ ...CALM, status: 'unknown' }, NOW_MS).tone).toBe('unknown');
  });

  it('puts pages before everything else', () => {
    const drift = {
      ...CALM.drift,
      status: 'drift',
      page: true,
      topFeature: 'amount',
      topScore: 1.4,
    };
    expect(kinds({ drift, costCoverage: 0.4, errorRate: 0.02 })).toEqual([
      ['bad', 'drift'],
      ['warn', 'errors'],
      ['warn', 'coverage'],
    ]);
  });

  it('follows the monitor when its own findings are not there', () => {
    expect(attentionOf({ ...CALM, status: 'page' }, NOW_MS).tone).toBe('bad');
    expect(attentionOf({ ...CALM, status: 'warning' }, NOW_MS).tone).toBe('warn');
  });

  it('does not judge errors of a handful of requests', () => {
    expect(kinds({ errorRate: 1, requests: 3 })).toEqual([]);
    expect(kinds({ errorRate: 0.06 })).toEqual([['bad', 'errors']]);
  });

  it('notices silence, but not of what was retired', () => {
    expect(kinds({ lastSeenMs: NOW_MS - 2 * 3_600_000 })).toEqual([['warn', 'silent']]);
    expect(kinds({ lastSeenMs: NOW_MS - 30 * 86_400_000 })).toEqual([]);
    expect(kinds({ lastSeenMs: NOW_MS - 2 * 3_600_000, stage: 'archived' })).toEqual([]);
  });

  it('tells failed checks and performance that rests on few labels', () => {
    const quality = { ...CALM.quality, failedChecks: 2, topCheck: 'missing', topFeature: 'age' };
    const performance = { ...CALM.performance, status: 'untrusted', labelCoverage: 0.03 };
    expect(kinds({ quality, performance })).toEqual([
      ['warn', 'quality'],
      ['warn', 'performance'],
    ]);
  });
});
