import { PluginPage } from '@grafana/runtime';
import { t } from '../../shared/t';
import { useUrlState } from '../../shared/useUrlState';
import { RegisteredModel } from './RegisteredModel';
import { RegistryList } from './RegistryList';

const DEFAULTS = { search: '', page: '1', model: '', environment: '' };

/** Every model that telemetry showed or somebody registered; one of them with stages, metadata and deployments. */
const RegistryPage = () => {
  const [state, setState] = useUrlState(DEFAULTS);
  const { model, environment } = state;
  return (
    <PluginPage
      subTitle={t(
        'registry.subTitle',
        'Models and versions found in telemetry or registered, and who decided what about them',
      )}
    >
      {model === '' ? (
        <RegistryList state={state} onChange={setState} />
      ) : (
        <RegisteredModel
          key={JSON.stringify([environment, model])}
          of={{ environment, model }}
          onLeave={() => {
            setState({ model: '', environment: '' });
          }}
        />
      )}
    </PluginPage>
  );
};

export default RegistryPage;
