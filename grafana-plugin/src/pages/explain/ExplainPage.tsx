import { explainableModels, environmentChoices, versionChoices } from '@plumbline/schemas/queries';
import type { PageSettings } from '../../scenes/createPage';
import { ScenePage } from '../../scenes/ScenePage';
import { queryVariable } from '../../scenes/variables';
import { t } from '../../shared/t';
import { ExplainScene } from './ExplainScene';

const ENVIRONMENT = { environment: { variable: 'environment' } };

const settings = (): PageSettings => ({
  page: 'explain',
  title: t('explain.title', 'Explain'),
  subTitle: t('explain.subTitle', 'What decided in one prediction, and in a model over time'),
  from: 'now-7d',
  content: {
    scene: () => ({
      variables: [
        queryVariable({
          name: 'environment',
          label: t('explain.environment', 'Environment'),
          sql: environmentChoices({}),
        }),
        queryVariable({
          name: 'model',
          label: t('explain.model', 'Model'),
          sql: explainableModels(ENVIRONMENT),
        }),
        queryVariable({
          name: 'version',
          label: t('explain.version', 'Version'),
          sql: versionChoices({ ...ENVIRONMENT, model: { variable: 'model' } }),
        }),
      ],
      body: new ExplainScene({}),
    }),
  },
});

const ExplainPage = () => <ScenePage settings={settings} />;

export default ExplainPage;
