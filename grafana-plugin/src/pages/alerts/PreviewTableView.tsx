import { useStyles2 } from '@grafana/ui';
import { formatCount, formatNumber, UNKNOWN } from '../../shared/format';
import { StatusBadge } from '../../shared/StatusBadge';
import type { Tone } from '../../shared/status';
import { t } from '../../shared/t';
import { tableStyles } from '../../shared/tableStyles';
import { TooMuchData } from '../../states/TooMuchData';
import { cellOf, columnTitle, type PreviewTable, type Verdict } from './previewView';

const SHOWN_ROWS = 50;

const TONES: Readonly<Record<Verdict, Tone>> = { fires: 'bad', calm: 'good', unknown: 'unknown' };

const verdictText = (verdict: Verdict): string => {
  switch (verdict) {
    case 'fires':
      return t('alerts.preview.fires', 'Over the limit');
    case 'calm':
      return t('alerts.preview.calm', 'Within the limit');
    case 'unknown':
      return t('alerts.preview.unknown', 'Too little data');
  }
};

const cellText = (value: string | number | null): string =>
  typeof value === 'string' ? value || UNKNOWN : formatNumber(value, 4);

/** The rows of a preview with what the rule would do with each. */
export const PreviewTableView = ({ table }: { readonly table: PreviewTable }) => {
  const styles = useStyles2(tableStyles);
  const { rows, columns, firing, threshold } = table;
  const limit = formatNumber(threshold.value, 6);
  const caption = t('alerts.preview.caption', 'What the rule measures now');
  return (
    <>
      <p data-testid="preview-summary">
        {t('alerts.preview.summary', '{{firing}} of {{all}} are over the limit', {
          firing: formatCount(firing),
          all: formatCount(rows.length),
        })}
        {' · '}
        {threshold.type === 'gt'
          ? t('alerts.preview.above', 'Fires above {{limit}}', { limit })
          : t('alerts.preview.below', 'Fires below {{limit}}', { limit })}
      </p>
      {rows.length > SHOWN_ROWS && <TooMuchData shown={SHOWN_ROWS} total={rows.length} />}
      <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
        <table className={styles.table} data-testid="preview">
          <caption className={styles.caption}>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t('alerts.preview.verdict', 'Verdict')}</th>
              <th scope="col">{t('alerts.preview.measured', 'Measured')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {columnTitle(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN_ROWS).map(({ row, measured, verdict }, index) => (
              <tr key={index}>
                <td>
                  <StatusBadge status={verdictText(verdict)} tone={TONES[verdict]} />
                </td>
                <td>{formatNumber(measured, 4)}</td>
                {columns.map((column) => (
                  <td key={column}>{cellText(cellOf(row, column))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};
