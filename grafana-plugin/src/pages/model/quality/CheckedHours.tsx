import { TABLE_LIMIT, qualityTable } from '@plumbline/schemas/queries';
import { QueryView } from '../../../queries/QueryView';
import { rowsOf } from '../../../queries/rowsOf';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { EmptyData } from '../../../states/EmptyData';
import { TooMuchData } from '../../../states/TooMuchData';
import { useModelScope } from '../ModelContext';
import { Section } from '../parts/Section';
import { checkOf } from './check';
import { CheckOverTime } from './CheckOverTime';
import { CheckTable } from './CheckTable';

const DEFAULTS = { check: '', checkFeature: '' };

/** The newest hour of each check of each feature, the worst first, and the one that is picked over time. */
export const CheckedHours = () => {
  const scope = useModelScope();
  const [{ check, checkFeature }, setState] = useUrlState(DEFAULTS);
  const { query, retry } = useSceneQuery(qualityTable(scope));
  return (
    <QueryView
      query={query}
      height={240}
      onRetry={retry}
      empty={
        <EmptyData title={t('quality.empty.title', 'No hour was checked in this time range')}>
          {t(
            'quality.empty.text',
            'Every hour is checked when it is over, as soon as a model has a baseline or a contract.',
          )}
        </EmptyData>
      }
    >
      {(frames) => {
        const checks = rowsOf(frames).map(checkOf);
        const picked =
          checks.find((one) => one.check === check && one.feature === checkFeature) ?? checks[0];
        return (
          <>
            {picked !== undefined && <CheckOverTime key={picked.key} picked={picked} />}
            <Section
              title={t('quality.hours.title', 'Checks of hours')}
              description={t(
                'quality.hours.text',
                'The newest hour of each check, the worst first: how many rows broke it, with an interval of 95%, beside what was expected.',
              )}
            >
              {checks.length >= TABLE_LIMIT && <TooMuchData shown={TABLE_LIMIT} />}
              <CheckTable
                checks={checks}
                onPick={(one) => {
                  setState({ check: one.check, checkFeature: one.feature });
                }}
              />
            </Section>
          </>
        );
      }}
    </QueryView>
  );
};
