import type { DataFrame } from '@grafana/data';
import type { ReactNode } from 'react';
import { EmptyData } from '../states/EmptyData';
import { FailedState } from '../states/FailedState';
import { LoadingState } from '../states/LoadingState';
import type { QueryState } from './useQuery';

interface Props {
  readonly query: QueryState;
  /** Draws the answer; called only when there is at least one row. */
  readonly children: (frames: readonly DataFrame[]) => ReactNode;
  /** What to show when there is none, if not the general text. */
  readonly empty?: ReactNode;
  readonly height?: number;
  readonly onRetry?: () => void;
}

/** The states of a query, each designed; the caller draws the answer only. */
export const QueryView = ({ query, children, empty, height, onRetry }: Props) => {
  switch (query.state) {
    case 'loading':
      return <LoadingState {...(height === undefined ? {} : { height })} />;
    case 'failed':
      return <FailedState message={query.message} onRetry={onRetry} />;
    case 'done':
      return query.frames.some(({ length }) => length > 0)
        ? children(query.frames)
        : (empty ?? <EmptyData />);
  }
};
