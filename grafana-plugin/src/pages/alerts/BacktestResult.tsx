import { Alert, Stack, useStyles2 } from '@grafana/ui';
import { labelsText } from '../../alerting/labelsText';
import { FiringTimeline } from '../../charts/FiringTimeline';
import { formatCount, formatNumber, formatTime } from '../../shared/format';
import { t } from '../../shared/t';
import { tableStyles } from '../../shared/tableStyles';
import { TooMuchData } from '../../states/TooMuchData';
import type { BacktestAnswer, BacktestFiring } from './backtest';
import { minutesText } from './minutesText';

const SHOWN_FIRINGS = 20;

const FiringTable = ({ firings }: { readonly firings: readonly BacktestFiring[] }) => {
  const styles = useStyles2(tableStyles);
  const caption = t('alerts.backtest.caption', 'Alerts that there would have been');
  return (
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table} data-testid="backtest">
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('alerts.backtest.from', 'From')}</th>
            <th scope="col">{t('alerts.backtest.lasted', 'Lasted')}</th>
            <th scope="col">{t('alerts.backtest.worst', 'Worst')}</th>
            <th scope="col">{t('alerts.backtest.labels', 'Of')}</th>
          </tr>
        </thead>
        <tbody>
          {firings.map(({ from, minutes, open, worst, labels }) => (
            <tr key={`${from} ${labelsText(labels)}`}>
              <td>{formatTime(Date.parse(from))}</td>
              <td>
                {minutesText(minutes)}
                {open && ` · ${t('alerts.backtest.open', 'still firing')}`}
              </td>
              <td>{formatNumber(worst, 4)}</td>
              <td>{labelsText(labels)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const expectation = ({ per_week: { expected, low, high } }: BacktestAnswer): string =>
  t('alerts.backtest.week', 'Alerts to expect a week: {{expected}} ({{low}}–{{high}})', {
    expected: formatNumber(expected, 2),
    low: formatNumber(low, 2),
    high: formatNumber(high, 2),
  });

/** How often, for how long and when a rule would have fired. */
export const BacktestResult = ({ answer }: { readonly answer: BacktestAnswer }) => {
  const { alerts, firing_minutes, firings, complete, truncated, step_s, every_s } = answer;
  const newest = firings.toReversed();
  return (
    <Stack direction="column" gap={1}>
      <p data-testid="backtest-summary" role="status">
        <strong>
          {t('alerts.backtest.count', 'Alerts: {{count}}, firing for {{time}} in all', {
            count: formatCount(alerts),
            time: minutesText(firing_minutes),
          })}
        </strong>
        {' · '}
        {expectation(answer)}
      </p>
      {!complete && (
        <Alert
          severity="warning"
          title={t('alerts.backtest.incomplete', 'Time ran out: only up to {{time}}', {
            time: formatTime(Date.parse(answer.to)),
          })}
        />
      )}
      {truncated && (
        <Alert
          severity="warning"
          title={t('alerts.backtest.truncated', 'More models than a backtest follows')}
        />
      )}
      {step_s > every_s && (
        <p>
          {t(
            'alerts.backtest.step',
            'Looked at every {{step}}, Grafana looks every {{every}}: shorter alerts may be missing here.',
            { step: minutesText(step_s / 60), every: minutesText(every_s / 60) },
          )}
        </p>
      )}
      {alerts > 0 && (
        <>
          <FiringTimeline
            label={t('alerts.backtest.picture', 'When the rule would have fired')}
            fromMs={Date.parse(answer.from)}
            toMs={Date.parse(answer.to)}
            firings={firings.map(({ from, to, labels }) => ({
              name: labelsText(labels),
              fromMs: Date.parse(from),
              toMs: Date.parse(to),
            }))}
          />
          {firings.length > SHOWN_FIRINGS && <TooMuchData shown={SHOWN_FIRINGS} total={alerts} />}
          <FiringTable firings={newest.slice(0, SHOWN_FIRINGS)} />
        </>
      )}
    </Stack>
  );
};
