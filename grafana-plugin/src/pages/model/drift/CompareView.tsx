import { Stack } from '@grafana/ui';
import { ProblemNotice } from '../../../api/ProblemNotice';
import { useApi } from '../../../api/useApi';
import { useSceneRange } from '../../../scenes/sceneRange';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { EmptyData } from '../../../states/EmptyData';
import { LoadingState } from '../../../states/LoadingState';
import { useModel } from '../ModelContext';
import { CompareResult } from './CompareResult';
import { CompareForm } from './CompareForm';
import { COMPARE_DEFAULTS, type Compared, sideBody, sidesOf } from './comparison';

/** Any two ranges, versions or segments of the model, compared by the processor's API. */
export const CompareView = () => {
  const { identity } = useModel();
  const range = useSceneRange();
  const [state, setState] = useUrlState(COMPARE_DEFAULTS);
  const { reference, current } = sidesOf(state, range);
  const { answer } = useApi<{ readonly features: readonly Compared[] }>({
    method: 'POST',
    path: 'compare',
    body: {
      environment: identity.environment,
      model: identity.model,
      reference: sideBody(reference),
      current: sideBody(current),
    },
  });
  return (
    <Stack direction="column" gap={2}>
      <CompareForm reference={reference} current={current} onChange={setState} />
      {answer.state === 'loading' && <LoadingState height={240} />}
      {answer.state === 'failed' && <ProblemNotice problem={answer.problem} />}
      {answer.state === 'done' && answer.data.features.length === 0 && (
        <EmptyData title={t('drift.compare.none', 'There is nothing to compare')}>
          {t(
            'drift.compare.noneText',
            'No feature has rows that were counted on the same bins on both sides. Choose other ranges, or wait for the first baseline.',
          )}
        </EmptyData>
      )}
      {answer.state === 'done' && answer.data.features.length > 0 && (
        <CompareResult features={answer.data.features} />
      )}
    </Stack>
  );
};
