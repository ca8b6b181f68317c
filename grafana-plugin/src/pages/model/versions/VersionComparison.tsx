import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { type Column, DataTable } from '../../../shared/DataTable';
import { formatNumber, formatShare, UNKNOWN } from '../../../shared/format';
import { t } from '../../../shared/t';
import { type Measure, measuresOf } from './measures';
import { changeOf, type VersionFacts } from './versionFacts';

interface Props {
  readonly versions: readonly VersionFacts[];
  readonly reference: VersionFacts;
}

const pointsText = (difference: number): string => {
  const points = formatNumber(Math.abs(difference) * 100, 2);
  return difference > 0
    ? t('modelVersions.pointsMore', '{{points}} points more', { points })
    : t('modelVersions.pointsLess', '{{points}} points less', { points });
};

const changeText = (change: number): string =>
  change > 0
    ? t('modelVersions.more', '{{share}} more', { share: formatShare(change) })
    : t('modelVersions.less', '{{share}} less', { share: formatShare(-change) });

/** How a version differs from the reference, in words; undefined where it does not, or nobody knows. */
const differenceText = (
  { value, isShare = false }: Measure,
  version: VersionFacts,
  reference: VersionFacts,
): string | undefined => {
  if (value === undefined) return undefined;
  const [own, other] = [value(version), value(reference)];
  if (own === null || other === null || own === other) return undefined;
  if (isShare) return pointsText(own - other);
  const change = changeOf(own, other);
  return change === null ? undefined : changeText(change);
};

/** A column for each version, what it is compared with first. */
export const VersionComparison = ({ versions, reference }: Props) => {
  const styles = useStyles2(getStyles);
  const ordered = [reference, ...versions.filter((one) => one !== reference)];
  const cell = (measure: Measure, version: VersionFacts) => (
    <>
      {measure.text(version)}
      <div className={styles.change}>{differenceText(measure, version, reference)}</div>
    </>
  );
  const columns: readonly Column<Measure>[] = [
    {
      ...{ key: 'measure', names: true, heading: t('modelVersions.column.measure', 'What') },
      cell: ({ label }) => label,
    },
    ...ordered.map((version) => ({
      key: version.version,
      heading: (
        <>
          {version.version || UNKNOWN}
          {version === reference && (
            <div className={styles.change}>
              {t('modelVersions.column.reference', 'Compared with')}
            </div>
          )}
        </>
      ),
      cell: (measure: Measure) => cell(measure, version),
    })),
  ];
  return (
    <DataTable
      caption={t('modelVersions.caption', 'Versions side by side')}
      columns={columns}
      items={measuresOf(versions)}
      keyOf={({ key }) => key}
    />
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  change: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightRegular,
  }),
});
