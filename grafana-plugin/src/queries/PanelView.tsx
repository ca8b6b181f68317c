import { LoadingState as DataState, type PanelData } from '@grafana/data';
import type { ReactNode } from 'react';
import { FailedState } from '../states/FailedState';
import { LoadingState } from '../states/LoadingState';
import { panelFailure } from './panelFailure';

interface Props {
  readonly data: PanelData;
  readonly width: number;
  readonly height: number;
  /** Draws the rows, and says what the query must return where there are none. */
  readonly children: ReactNode;
}

const stateOf = (data: PanelData): ReactNode => {
  const failure = panelFailure(data);
  if (failure !== undefined) return <FailedState message={failure} />;
  // While a panel is refreshed, Grafana hands over the rows of before.
  return data.state === DataState.Loading && data.series.length === 0 ? (
    <LoadingState />
  ) : undefined;
};

/** A nested panel within its size, with the states that are alike for all of them: a failed query must not look like no rows. */
export const PanelView = ({ data, width, height, children }: Props) => (
  <div style={{ width, height, overflow: 'auto' }}>{stateOf(data) ?? children}</div>
);
