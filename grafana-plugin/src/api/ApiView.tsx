import { Button, Stack } from '@grafana/ui';
import type { ReactNode } from 'react';
import { t } from '../shared/t';
import { LoadingState } from '../states/LoadingState';
import { ProblemNotice } from './ProblemNotice';
import type { ApiState } from './useApi';

interface Props<Answer> {
  readonly answer: ApiState<Answer>;
  readonly children: (data: Answer) => ReactNode;
  readonly height?: number;
  readonly onRetry?: () => void;
}

/** The states of a read of the API, each designed; the caller draws the answer only. */
export const ApiView = <Answer,>({ answer, children, height, onRetry }: Props<Answer>) => {
  if (answer.state === 'loading')
    return <LoadingState {...(height === undefined ? {} : { height })} />;
  if (answer.state === 'done') return children(answer.data);
  return (
    <Stack direction="column" alignItems="flex-start">
      <ProblemNotice problem={answer.problem} />
      {onRetry !== undefined && (
        <Button variant="secondary" size="sm" icon="sync" onClick={onRetry}>
          {t('states.failed.retry', 'Try again')}
        </Button>
      )}
    </Stack>
  );
};
