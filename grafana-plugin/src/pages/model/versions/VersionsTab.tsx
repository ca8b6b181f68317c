import { Alert } from '@grafana/ui';
import { VERSIONS_LIMIT } from '@plumbline/schemas/queries';
import { QueryView } from '../../../queries/QueryView';
import { UNKNOWN } from '../../../shared/format';
import { LabelledCombobox } from '../../../shared/LabelledCombobox';
import { Section } from '../../../shared/Section';
import { Sections } from '../../../shared/Sections';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { EmptyData } from '../../../states/EmptyData';
import { TooMuchData } from '../../../states/TooMuchData';
import { useModelScope } from '../ModelContext';
import { useVersions } from './useVersions';
import { referenceOf } from './versionFacts';
import { VersionComparison } from './VersionComparison';
import { VersionTraffic } from './VersionTraffic';

/** In the address: no version is called so, and the empty one may be chosen. */
const NOT_CHOSEN = '$__none';
const DEFAULTS = { reference: NOT_CHOSEN };

/** The versions of a model side by side. */
const VersionsTab = () => {
  const { query, retry, versions, more, failures } = useVersions(useModelScope());
  const [state, setState] = useUrlState(DEFAULTS);
  const asked = state.reference === NOT_CHOSEN ? undefined : state.reference;
  const reference = referenceOf(versions, asked);
  const label = t('modelVersions.reference', 'Compare with');
  return (
    <Sections>
      <Section
        title={t('modelVersions.title', 'Side by side')}
        description={t(
          'modelVersions.text',
          'Traffic, cost, drift, quality and performance of the time range; all versions, whichever are chosen above. The differences are what was seen: small ones may be chance.',
        )}
        actions={
          versions.length > 1 && (
            <LabelledCombobox
              id="compared-version"
              label={label}
              width={30}
              options={versions.map(({ version }) => ({
                value: version,
                label: version || UNKNOWN,
              }))}
              value={reference?.version ?? null}
              onChange={({ value }) => {
                setState({ reference: value });
              }}
            />
          )
        }
      >
        <QueryView
          query={query}
          onRetry={retry}
          height={320}
          empty={
            <EmptyData title={t('modelVersions.empty', 'No version of this model is known')} />
          }
        >
          {() => (
            <>
              {failures.length > 0 && (
                <Alert
                  severity="warning"
                  title={t('modelVersions.partFailed', 'A part could not be loaded')}
                >
                  {failures.join(' ')}
                </Alert>
              )}
              {more && <TooMuchData shown={VERSIONS_LIMIT} />}
              {reference !== undefined && (
                <VersionComparison versions={versions} reference={reference} />
              )}
            </>
          )}
        </QueryView>
      </Section>
      <VersionTraffic />
    </Sections>
  );
};

export default VersionsTab;
