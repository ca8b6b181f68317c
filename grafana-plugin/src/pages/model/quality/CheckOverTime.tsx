import { checkOverTimeSql } from '@plumbline/schemas/queries';
import { useChartColors } from '../../../charts/chartColors';
import { TimeSeriesBand } from '../../../charts/TimeSeriesBand';
import { QueryView } from '../../../queries/QueryView';
import { numberOf, rowsOf, timeOf } from '../../../queries/rowsOf';
import { useSceneRange } from '../../../scenes/sceneRange';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { t } from '../../../shared/t';
import { useModelScope } from '../ModelContext';
import { Section } from '../parts/Section';
import { seriesBy } from '../parts/seriesOf';
import type { Check } from './check';
import { violationText } from './checkTexts';
import { rateText } from './rateText';

/** One check hour by hour with its interval, beside what was expected, and the hours that paged. */
export const CheckOverTime = ({ picked }: { readonly picked: Check }) => {
  const scope = useModelScope();
  const colors = useChartColors();
  const { fromMs, toMs } = useSceneRange();
  const { check, feature, version } = picked;
  const { query, retry } = useSceneQuery(
    checkOverTimeSql({ ...scope, version: [version], feature: [feature] }, check),
  );
  const title = violationText(check, feature);
  return (
    <Section title={title}>
      <QueryView query={query} height={180} onRetry={retry}>
        {(frames) => {
          const rows = rowsOf(frames);
          const columns = { value: 'rate', low: 'rate_low', high: 'rate_high' };
          const [found] = seriesBy(rows, 'version', columns);
          const [expected] = seriesBy(rows, 'version', { value: 'expected' });
          return (
            <TimeSeriesBand
              label={t('health.signal.picture', '{{signal}} over time', { signal: title })}
              height={160}
              time={{ from: fromMs, to: toMs }}
              fromZero
              series={[
                { name: t('quality.series.found', 'Found'), points: found?.points ?? [] },
                {
                  name: t('quality.column.expected', 'Expected'),
                  points: expected?.points ?? [],
                  color: colors.reference,
                },
              ]}
              markers={rows.flatMap((row) => {
                const timeMs = timeOf(row, 'at');
                return timeMs === null || (numberOf(row, 'paged') ?? 0) === 0
                  ? []
                  : [
                      {
                        timeMs,
                        text: t('drift.series.paged', 'This hour paged'),
                        color: colors.bad,
                      },
                    ];
              })}
              format={(value) => rateText(check, value)}
            />
          );
        }}
      </QueryView>
    </Section>
  );
};
