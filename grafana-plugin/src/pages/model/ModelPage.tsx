import { PluginPage } from '@grafana/runtime';
import { LinkButton } from '@grafana/ui';
import { modelVersionsSql } from '@plumbline/schemas/queries';
import { useMemo } from 'react';
import { useLocation } from 'react-router-dom';
import { rowsOf } from '../../queries/rowsOf';
import { useQuery } from '../../queries/useQuery';
import { ScenePage } from '../../scenes/ScenePage';
import { useDataSource } from '../../shared/DataSourceContext';
import { pageUrl } from '../../shared/links';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import { FailedState } from '../../states/FailedState';
import { LoadingState } from '../../states/LoadingState';
import { ModelProvider } from './ModelContext';
import { type AskedModel, askedModelIn, knownModelOf, modelVersionOf } from './modelIdentity';
import { modelPageSettings } from './modelPageSettings';

const NoModel = () => (
  <PluginPage>
    <EmptyData
      title={t('model.none.title', 'No model is chosen')}
      action={
        <LinkButton href={pageUrl('fleet')}>{t('model.none.fleet', 'Show all models')}</LinkButton>
      }
    >
      {t('model.none.text', 'Choose one among all models.')}
    </EmptyData>
  </PluginPage>
);

/** Finds out which model is meant, and draws its page. */
const AskedModelPage = ({ asked }: { readonly asked: AskedModel & { readonly model: string } }) => {
  const { uid } = useDataSource();
  const sql = modelVersionsSql(asked.model);
  // What there is does not depend on the time range, but every query has one.
  const { query, retry } = useQuery({ sql, datasourceUid: uid, fromMs: 0, toMs: 1 });
  const { tenant, environment, model } = asked;
  const known = useMemo(
    () =>
      query.state === 'done'
        ? knownModelOf({ tenant, environment, model }, rowsOf(query.frames).map(modelVersionOf))
        : undefined,
    [query, tenant, environment, model],
  );
  if (known === undefined)
    return (
      <PluginPage pageNav={{ text: model }}>
        {query.state === 'failed' ? (
          <FailedState message={query.message} onRetry={retry} />
        ) : (
          <LoadingState height={320} />
        )}
      </PluginPage>
    );
  return (
    <ModelProvider value={known}>
      <ScenePage
        key={JSON.stringify(known.identity)}
        settings={() => modelPageSettings(known.identity)}
      />
    </ModelProvider>
  );
};

/** One model: who it is, and how it does. */
const ModelPage = () => {
  const { search } = useLocation();
  const asked = askedModelIn(search);
  const { model } = asked;
  if (model === null) return <NoModel />;
  return <AskedModelPage asked={{ ...asked, model }} />;
};

export default ModelPage;
