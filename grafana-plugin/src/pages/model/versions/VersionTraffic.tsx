import { requestRate } from '@plumbline/schemas/queries';
import { TimeSeriesBand } from '../../../charts/TimeSeriesBand';
import { useSeriesColors } from '../../../charts/useSeriesColors';
import { numberOf, rowsOf, textOf, timeOf } from '../../../queries/rowsOf';
import { QuerySection } from '../../../scenes/QuerySection';
import { useSceneRange } from '../../../scenes/sceneRange';
import { formatNumber, UNKNOWN } from '../../../shared/format';
import { t } from '../../../shared/t';
import { modelScope } from '../modelScope';
import { useModel } from '../ModelContext';

/** How the traffic went over from one version to the next. */
export const VersionTraffic = () => {
  const { identity } = useModel();
  const { fromMs, toMs } = useSceneRange();
  const color = useSeriesColors();
  return (
    <QuerySection
      title={t('modelVersions.traffic.title', 'Calls per second by version')}
      sql={requestRate(modelScope(identity), ['version'])}
    >
      {(frames) => {
        const rows = rowsOf(frames);
        const versions = [...new Set(rows.map((row) => textOf(row, 'version')))].sort();
        return (
          <TimeSeriesBand
            label={t('modelVersions.traffic.label', 'Calls per second over time by version')}
            time={{ from: fromMs, to: toMs }}
            fromZero
            format={formatNumber}
            series={versions.map((version, index) => ({
              name: version || UNKNOWN,
              color: color(index),
              points: rows.flatMap((row) => {
                const timeMs = timeOf(row, 'at');
                const own = textOf(row, 'version') === version && timeMs !== null;
                return own ? [{ timeMs, value: numberOf(row, 'value') }] : [];
              }),
            }))}
          />
        );
      }}
    </QuerySection>
  );
};
