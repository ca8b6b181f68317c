import {
  type DataFrame,
  LoadingState as Loading,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import {
  type SceneComponentProps,
  type SceneDataProvider,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
} from '@grafana/scenes';
import type { ComponentType, ReactNode } from 'react';
import { QueryView } from '../queries/QueryView';
import type { QueryState } from '../queries/useQuery';

/** What a component of a scene is drawn with. */
export interface DataViewProps {
  readonly frames: readonly DataFrame[];
  readonly timeRange: TimeRange;
}

interface State extends SceneObjectState {
  $data: SceneDataProvider;
  /** Draws the answer; called only when there is at least one row. */
  readonly view: ComponentType<DataViewProps>;
  /** What to show when there is none, if not the general text. */
  readonly empty?: () => ReactNode;
  /** In pixels, while nothing is there yet. */
  readonly height?: number;
}

/** What Scenes knows about a query, as the states that our pages draw. Old rows stay while new ones are loaded. */
export const queryStateOf = (data: PanelData | undefined): QueryState => {
  if (data?.state === Loading.Error) {
    // Grafana lists no errors when a proxy in between answered instead: that is a failure too.
    const error = data.errors?.[0];
    return { state: 'failed', message: error?.message ?? '', status: error?.status ?? 0 };
  }
  const waiting = data === undefined || data.state === Loading.NotStarted;
  if (waiting || (data.state === Loading.Loading && data.series.length === 0))
    return { state: 'loading' };
  return { state: 'done', frames: data.series };
};

const DataViewComponent = ({ model }: SceneComponentProps<DataView>) => {
  const { view: View, empty, height } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const { value: timeRange } = sceneGraph.getTimeRange(model).useState();
  return (
    <QueryView query={queryStateOf(data)} empty={empty?.()} height={height}>
      {(frames) => <View frames={frames} timeRange={data?.timeRange ?? timeRange} />}
    </QueryView>
  );
};

/**
 * A React component in a scene with the rows of its own query: loading, failed and empty are drawn for it.
 * `new DataView({ $data: queryRunner(sql), view: Ranking })`
 */
export class DataView extends SceneObjectBase<State> {
  static Component = DataViewComponent;
}
