const HOUR = 3_600_000;

const EVIDENCE: Readonly<Record<string, string>> = {
  'Drift of a model': 'amount moved up by 2.6 sd',
  'Error rate': '6 of 120 calls failed',
};

/** State changes of alerts about the golden models, as rows of `ml_alert_events`: one that fires, one that ended. */
export function goldenAlerts(nowMs: number): object[] {
  const event = (id: string, model: string, state: string, hoursAgo: number, rule: string) => ({
    ...{ tenant: 'default', environment: 'production', model, version: '' },
    ...{ time: nowMs - hoursAgo * HOUR, event_id: id, rule_uid: `plumbline-${id}`, rule, state },
    labels: { model, environment: 'production' },
    evidence: EVIDENCE[rule] ?? '',
    starts_at: nowMs - hoursAgo * HOUR,
    ends_at: state === 'resolved' ? nowMs - hoursAgo * HOUR : null,
    ...{ received_at: nowMs, row_version: 1 },
  });
  return [
    event('drift', 'fraud', 'firing', 2, 'Drift of a model'),
    event('errors', 'gpt-5-mini', 'firing', 5, 'Error rate'),
    event('errors-end', 'gpt-5-mini', 'resolved', 4, 'Error rate'),
  ];
}
