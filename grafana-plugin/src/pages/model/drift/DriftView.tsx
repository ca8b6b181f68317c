import { Combobox, InlineField, Stack } from '@grafana/ui';
import { driftRankingSql, driftSegmentsSql } from '@plumbline/schemas/queries';
import { driftFeatureOf } from '../../../queries/driftFeature';
import { QueryView } from '../../../queries/QueryView';
import { rowsOf, textOf } from '../../../queries/rowsOf';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { segmentText } from '../../../shared/driftTexts';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { EmptyData } from '../../../states/EmptyData';
import { useModelScope } from '../ModelContext';
import { RankedFeatures } from './RankedFeatures';

const DEFAULTS = { segment: '' };

const NoDrift = () => (
  <EmptyData title={t('drift.empty.title', 'Nothing was tested for drift in this time range')}>
    {t(
      'drift.empty.text',
      'A model is tested every hour once it has a baseline, which is made of the first days of its traffic or of a training set.',
    )}
  </EmptyData>
);

/** Features of one segment by evidence, and the one that is picked. */
export const DriftView = () => {
  const scope = useModelScope();
  const [{ segment }, setState] = useUrlState(DEFAULTS);
  const { query: choices } = useSceneQuery(driftSegmentsSql(scope));
  const { query, retry } = useSceneQuery(driftRankingSql({ ...scope, segment: [segment] }));
  const known =
    choices.state === 'done' ? rowsOf(choices.frames).map((row) => textOf(row, 'segment')) : [];
  const segments = [...new Set(['', segment, ...known])];
  return (
    <Stack direction="column" gap={2}>
      {segments.length > 1 && (
        <InlineField label={t('drift.segment.label', 'Segment')} htmlFor="drift-segment">
          <Combobox
            id="drift-segment"
            width={30}
            // A Combobox takes the empty text for "nothing is chosen".
            options={segments.map((one) => ({ value: `=${one}`, label: segmentText(one) }))}
            value={`=${segment}`}
            onChange={({ value }) => {
              setState({ segment: value.slice(1) });
            }}
          />
        </InlineField>
      )}
      <QueryView query={query} height={320} onRetry={retry} empty={<NoDrift />}>
        {(frames) => <RankedFeatures features={rowsOf(frames).map(driftFeatureOf)} />}
      </QueryView>
    </Stack>
  );
};
