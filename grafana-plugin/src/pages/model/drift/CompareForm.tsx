import { Stack } from '@grafana/ui';
import { driftSegmentsSql } from '@plumbline/schemas/queries';
import { rowsOf, textOf } from '../../../queries/rowsOf';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { t } from '../../../shared/t';
import { useModel } from '../ModelContext';
import { modelScope } from '../modelScope';
import { Section } from '../parts/Section';
import { CompareSide } from './CompareSide';
import type { CompareState, SideState } from './comparison';

interface Props {
  readonly reference: SideState;
  readonly current: SideState;
  readonly onChange: (change: Partial<CompareState>) => void;
}

/** What is compared with what; every change asks again. */
export const CompareForm = ({ reference, current, onChange }: Props) => {
  const { identity, versions } = useModel();
  const { query } = useSceneQuery(driftSegmentsSql(modelScope(identity)));
  const choices = {
    versions: versions.map(({ version }) => version),
    segments:
      query.state === 'done' ? rowsOf(query.frames).map((row) => textOf(row, 'segment')) : [],
  };
  return (
    <Section
      title={t('drift.compare.title', 'What to compare')}
      description={t(
        'drift.compare.text',
        'P-values take rows as independent and know no season: compare the same hours and weekdays. Rows are read in whole windows.',
      )}
    >
      <Stack direction="column" gap={1}>
        <CompareSide
          id="compare-reference"
          title={t('drift.compare.reference', 'Reference')}
          side={reference}
          {...choices}
          onChange={({ fromMs, toMs, version, segment }) => {
            onChange({
              refFrom: String(fromMs),
              refTo: String(toMs),
              refVersion: version,
              refSegment: segment,
            });
          }}
        />
        <CompareSide
          id="compare-current"
          title={t('drift.compare.current', 'Current')}
          side={current}
          {...choices}
          onChange={({ fromMs, toMs, version, segment }) => {
            onChange({
              curFrom: String(fromMs),
              curTo: String(toMs),
              curVersion: version,
              curSegment: segment,
            });
          }}
        />
      </Stack>
    </Section>
  );
};
