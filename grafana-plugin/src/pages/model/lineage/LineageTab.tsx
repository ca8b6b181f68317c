import { Alert } from '@grafana/ui';
import {
  LINEAGE_LIMIT,
  lineageBaselines,
  lineageFeatures,
  lineageServices,
  lineageSources,
} from '@plumbline/schemas/queries';
import { LineageGraph } from '../../../charts/LineageGraph';
import { rowsOf } from '../../../queries/rowsOf';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { Section } from '../../../shared/Section';
import { Sections } from '../../../shared/Sections';
import { toneOf } from '../../../shared/status';
import { t } from '../../../shared/t';
import { EmptyData } from '../../../states/EmptyData';
import { LoadingState } from '../../../states/LoadingState';
import { TooMuchData } from '../../../states/TooMuchData';
import { useModel, useModelScope } from '../ModelContext';
import { LAYERS, type LineageAnswers, lineageGraph } from './lineageRows';
import { LineageTable } from './LineageTable';
import { layerText, lineageTexts } from './lineageTexts';

const useAnswers = () => {
  const scope = useModelScope();
  const { query: baselines } = useSceneQuery(lineageBaselines(scope));
  const { query: sources } = useSceneQuery(lineageSources(scope));
  const { query: features } = useSceneQuery(lineageFeatures(scope));
  const { query: services } = useSceneQuery(lineageServices(scope));
  const parts = { baselines, sources, features, services };
  const all = Object.values(parts);
  const rows = Object.fromEntries(
    Object.entries(parts).map(([name, query]) => [
      name,
      query.state === 'done' ? rowsOf(query.frames) : [],
    ]),
  ) as unknown as LineageAnswers;
  return {
    rows,
    loading: all.some(({ state }) => state === 'loading'),
    failures: all.flatMap((query) => (query.state === 'failed' ? [query.message] : [])),
    more: Object.values(rows).some(({ length }) => length > LINEAGE_LIMIT),
  };
};

/** What a model is fed with, and who calls it. */
const LineageTab = () => {
  const { identity, versions } = useModel();
  const { rows, loading, failures, more } = useAnswers();
  if (loading) return <LoadingState height={320} />;
  const statusOf = (name: string) => versions.find(({ version }) => version === name)?.status;
  const graph = lineageGraph(rows, lineageTexts(identity.model), (name) => toneOf(statusOf(name)));
  return (
    <Sections>
      {failures.length > 0 && (
        <Alert severity="error" title={t('modelLineage.failed', 'A part could not be loaded')}>
          {failures.join(' ')}
        </Alert>
      )}
      {more && <TooMuchData shown={LINEAGE_LIMIT} />}
      <Section
        title={t('modelLineage.title', 'Where it comes from, and who uses it')}
        description={t(
          'modelLineage.text',
          'As telemetry of this time range tells it: stores that calls took data from, baselines in use, features that came, versions and the services that called them. Each part rests on what stands left of it.',
        )}
      >
        {graph.nodes.length === 0 ? (
          <EmptyData />
        ) : (
          <LineageGraph
            label={t('modelLineage.graph', 'Lineage of {{model}}; the table below says the same', {
              model: identity.model,
            })}
            graph={graph}
            headings={LAYERS.map(layerText)}
          />
        )}
      </Section>
      {graph.nodes.length > 0 && (
        <Section title={t('modelLineage.table', 'The same as a table')}>
          <LineageTable graph={graph} />
        </Section>
      )}
    </Sections>
  );
};

export default LineageTab;
