import { versionChoices } from '@plumbline/schemas/queries';
import type { PageSettings } from '../../scenes/createPage';
import { SceneBody } from '../../scenes/SceneBody';
import { queryVariable } from '../../scenes/variables';
import { UNKNOWN } from '../../shared/format';
import type { ModelIdentity } from '../../shared/links';
import { t } from '../../shared/t';
import { ModelHeader } from './ModelHeader';
import { modelScope } from './modelScope';
import { MODEL_TABS } from './modelTabs';
import { ModelTitle } from './ModelTitle';

const versionVariable = (identity: ModelIdentity) =>
  queryVariable({
    name: 'version',
    label: t('model.version', 'Version'),
    sql: versionChoices(modelScope(identity)),
    multi: true,
  });

/** The page of one model; made anew for another one. */
export const modelPageSettings = (identity: ModelIdentity): PageSettings => ({
  page: 'model',
  title: identity.model === '' ? UNKNOWN : identity.model,
  renderTitle: (title) => <ModelTitle title={title} />,
  subTitle: <ModelHeader />,
  content: {
    tabs: MODEL_TABS.map(({ path, title, view }) => ({
      path,
      title: title(),
      scene: () => ({ body: new SceneBody({ view }), variables: [versionVariable(identity)] }),
    })),
  },
});
