import { css } from '@emotion/css';
import { dateTime, type GrafanaTheme2 } from '@grafana/data';
import { Stack, TimeRangeInput, useStyles2 } from '@grafana/ui';
import { segmentText } from '../../../shared/driftTexts';
import { UNKNOWN } from '../../../shared/format';
import { LabelledCombobox } from '../../../shared/LabelledCombobox';
import { t } from '../../../shared/t';
import type { SideState } from './comparison';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly side: SideState;
  readonly versions: readonly string[];
  readonly segments: readonly string[];
  readonly onChange: (side: SideState) => void;
}

const ALL_VERSIONS = '*';

const versionText = (version: string): string => {
  if (version === ALL_VERSIONS) return t('drift.compare.allVersions', 'All versions');
  return version === '' ? UNKNOWN : version;
};

/** A Combobox takes the empty text for "nothing is chosen", so that every value has a sign before it. */
const optionsOf = (values: readonly string[], text: (value: string) => string) =>
  [...new Set(values)].map((value) => ({ value: `=${value}`, label: text(value) }));

const rangeOf = ({ fromMs, toMs }: SideState) => {
  const [from, to] = [dateTime(fromMs), dateTime(toMs)];
  return { from, to, raw: { from, to } };
};

/** Range, version and segment of one side. */
export const CompareSide = ({ id, title, side, versions, segments, onChange }: Props) => {
  const styles = useStyles2(getStyles);
  return (
    <fieldset className={styles.side}>
      <legend className={styles.legend}>{title}</legend>
      <Stack wrap="wrap" gap={1}>
        <div className={styles.range}>
          <TimeRangeInput
            value={rangeOf(side)}
            isReversed
            onChange={({ from, to }) => {
              onChange({ ...side, fromMs: from.valueOf(), toMs: to.valueOf() });
            }}
          />
        </div>
        <LabelledCombobox
          id={`${id}-version`}
          width={22}
          label={`${title}: ${t('model.version', 'Version')}`}
          options={optionsOf([ALL_VERSIONS, side.version, ...versions], versionText)}
          value={`=${side.version}`}
          onChange={({ value }) => {
            onChange({ ...side, version: value.slice(1) });
          }}
        />
        <LabelledCombobox
          id={`${id}-segment`}
          width={26}
          label={`${title}: ${t('drift.segment.label', 'Segment')}`}
          options={optionsOf(['', side.segment, ...segments], segmentText)}
          value={`=${side.segment}`}
          onChange={({ value }) => {
            onChange({ ...side, segment: value.slice(1) });
          }}
        />
      </Stack>
    </fieldset>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  side: css({ minWidth: 0, margin: 0, padding: 0, border: 'none' }),
  // Both sides alike, whatever digits the times have, so that what is below each other can be compared.
  range: css({ width: 360, maxWidth: '100%' }),
  legend: css({
    marginBottom: theme.spacing(0.5),
    color: theme.colors.text.secondary,
    ...theme.typography.bodySmall,
  }),
});
