import { TextLink } from '@grafana/ui';
import {
  formatCount,
  formatMoney,
  formatMs,
  formatNumber,
  formatShare,
  UNKNOWN,
} from '../../shared/format';
import { modelUrl } from '../../shared/links';
import { StatusBadge } from '../../shared/StatusBadge';
import { statusText } from '../../shared/status';
import { t } from '../../shared/t';
import type { DriftFinding, PerformanceFinding, QualityFinding } from './fleetModel';
import type { FleetItem } from './fleetView';
import { reasonText } from './reasonText';
import { toneText } from './fleetTexts';

const driftCell = ({ status, topScore }: DriftFinding): string =>
  status === 'drift' && topScore !== null
    ? t('fleet.cell.drift', '{{score}} sd', { score: formatNumber(topScore, 2) })
    : statusText(status);

const qualityCell = ({ status, failedChecks }: QualityFinding): string =>
  failedChecks > 0
    ? t('fleet.cell.failedChecks', 'Failed checks: {{count}}', {
        count: formatCount(failedChecks),
      })
    : statusText(status);

const performanceCell = ({ metric, value, low, high, status }: PerformanceFinding): string => {
  if (value === null) return statusText(status);
  const number = `${metric} ${formatNumber(value)}`;
  return low === null || high === null
    ? number
    : `${number} (${formatNumber(low)}–${formatNumber(high)})`;
};

/** Digits stand below each other; the headings do the same. */
export const NUMBER = { textAlign: 'right', whiteSpace: 'nowrap' } as const;

/** One model. */
export const FleetRow = ({ item: { model, attention } }: { readonly item: FleetItem }) => (
  <tr data-testid="fleet-row">
    <td>
      <StatusBadge status={toneText(attention.tone)} tone={attention.tone} />
    </td>
    <th scope="row">
      <TextLink href={modelUrl(model)} inline={false}>
        {model.model === '' ? UNKNOWN : model.model}
      </TextLink>
    </th>
    <td>{model.version === '' ? UNKNOWN : model.version}</td>
    <td style={{ minWidth: 200 }}>
      {attention.findings.map(({ reason }) => (
        <div key={reason.kind}>{reasonText(reason)}</div>
      ))}
    </td>
    <td style={NUMBER}>{formatCount(model.requests)}</td>
    <td style={NUMBER}>{formatShare(model.errorRate)}</td>
    <td style={NUMBER}>{formatMs(model.latencyP95Ms)}</td>
    <td>{driftCell(model.drift)}</td>
    <td>{qualityCell(model.quality)}</td>
    <td>{performanceCell(model.performance)}</td>
    <td style={NUMBER}>{formatMoney(model.cost, model.currency)}</td>
  </tr>
);
