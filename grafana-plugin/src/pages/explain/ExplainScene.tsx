import {
  type SceneComponentProps,
  sceneGraph,
  SceneObjectBase,
  VariableDependencyConfig,
} from '@grafana/scenes';
import { Stack } from '@grafana/ui';
import { useUrlState } from '../../shared/useUrlState';
import { LoadingState } from '../../states/LoadingState';
import { ModelImportance } from './ModelImportance';
import { PredictionPicker } from './PredictionPicker';
import { PredictionSearch } from './PredictionSearch';
import { PredictionView } from './PredictionView';

const DEFAULTS = { id: '', order: 'newest' };
/** As wide as the page and never wider: a table in it scrolls by itself. */
const WIDE = { flexGrow: 1, minWidth: 0, maxWidth: '100%' };
const VARIABLES = ['environment', 'model', 'version'];

const ExplainComponent = ({ model: scene }: SceneComponentProps<ExplainScene>) => {
  const [{ id, order }, setState] = useUrlState(DEFAULTS);
  const { value: timeRange } = sceneGraph.getTimeRange(scene).useState();
  scene.useState();
  const show = (wanted: string) => {
    setState({ id: wanted });
  };
  if (id !== '')
    return (
      <div style={WIDE}>
        <PredictionView
          key={id}
          id={id}
          onLeave={() => {
            show('');
          }}
        />
      </div>
    );
  const of = {
    environment: sceneGraph.interpolate(scene, '${environment:raw}'),
    model: sceneGraph.interpolate(scene, '${model:raw}'),
    version: sceneGraph.interpolate(scene, '${version:raw}'),
  };
  const range = { fromMs: timeRange.from.valueOf(), toMs: timeRange.to.valueOf() };
  if (sceneGraph.hasVariableDependencyInLoadingState(scene)) return <LoadingState height={320} />;
  return (
    <div style={WIDE}>
      <Stack direction="column" gap={2}>
        <PredictionSearch onSearch={show} />
        <ModelImportance of={of} range={range} />
        <PredictionPicker
          of={of}
          range={range}
          order={order}
          onOrder={(wanted) => {
            setState({ order: wanted });
          }}
        />
      </Stack>
    </div>
  );
};

/** One prediction where the address names one, else the model that the variables name. */
export class ExplainScene extends SceneObjectBase {
  static Component = ExplainComponent;
  protected override _variableDependency = new VariableDependencyConfig(this, {
    variableNames: VARIABLES,
    onAnyVariableChanged: () => {
      this.forceRender();
    },
  });
}
