import { RefreshEvent } from '@grafana/runtime';
import {
  type SceneComponentProps,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
} from '@grafana/scenes';
import { type ComponentType, Suspense, useEffect, useMemo, useState } from 'react';
import { LoadingState } from '../states/LoadingState';
import { SceneRangeContext } from './sceneRange';

interface State extends SceneObjectState {
  /** Draws everything below the controls; may be lazy. It asks with `useSceneQuery`. */
  readonly view: ComponentType;
}

const SceneBodyComponent = ({ model }: SceneComponentProps<SceneBody>) => {
  const { view: View } = model.useState();
  const timeRange = sceneGraph.getTimeRange(model);
  const { value } = timeRange.useState();
  const [refreshed, setRefreshed] = useState(0);
  useEffect(() => {
    const subscription = timeRange.subscribeToEvent(RefreshEvent, () => {
      setRefreshed((times) => times + 1);
    });
    return () => {
      subscription.unsubscribe();
    };
  }, [timeRange]);
  const fromMs = value.from.valueOf();
  const toMs = value.to.valueOf();
  const range = useMemo(
    () => ({
      ...{ fromMs, toMs, refreshed },
      refresh: () => {
        timeRange.onRefresh();
      },
    }),
    [fromMs, toMs, refreshed, timeRange],
  );
  return (
    <SceneRangeContext.Provider value={range}>
      {/* Grows as wide as the page and never wider: a table in it scrolls by itself. */}
      <div style={{ flexGrow: 1, minWidth: 0, maxWidth: '100%' }}>
        <Suspense fallback={<LoadingState height={320} />}>
          <View />
        </Suspense>
      </div>
    </SceneRangeContext.Provider>
  );
};

/**
 * A React component as the body of a scene, for what is more than pictures of one query each: it is told the time range and
 * the refresh button through `useSceneQuery`. `new SceneBody({ view: lazy(() => import('./DriftTab')) })`
 */
export class SceneBody extends SceneObjectBase<State> {
  static Component = SceneBodyComponent;
}
