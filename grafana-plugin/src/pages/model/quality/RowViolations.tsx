import { violationKindsSql } from '@plumbline/schemas/queries';
import { RankingBars } from '../../../charts/RankingBars';
import { QueryView } from '../../../queries/QueryView';
import { numberOf, type Row, rowsOf, textOf } from '../../../queries/rowsOf';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { formatCount } from '../../../shared/format';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { useModelScope } from '../ModelContext';
import { Columns } from '../parts/Columns';
import { Section } from '../parts/Section';
import { violationText } from './checkTexts';
import { ViolationExamples } from './ViolationExamples';

const DEFAULTS = { violation: '' };

const labelOf = (row: Row): string =>
  violationText(textOf(row, 'kind'), textOf(row, 'broken_feature'));

/** Violations that were noted on single rows, by kind and feature, with traces of the one that is picked. */
export const RowViolations = () => {
  const scope = useModelScope();
  const [{ violation: asked }, setState] = useUrlState(DEFAULTS);
  const { query, retry } = useSceneQuery(violationKindsSql(scope));
  const title = t('quality.rows.title', 'Violations of rows');
  const none = (
    <Section title={title}>
      <p>{t('quality.rows.none', 'No row broke anything in this time range.')}</p>
    </Section>
  );
  return (
    <QueryView query={query} height={200} onRetry={retry} empty={none}>
      {(frames) => {
        const rows = rowsOf(frames);
        const picked = rows.find((row) => textOf(row, 'violation') === asked) ?? rows[0];
        return (
          <Columns
            choice={
              <Section
                title={title}
                description={t(
                  'quality.rows.text',
                  'Rows by what they broke; choose one to see traces.',
                )}
              >
                <RankingBars
                  label={title}
                  items={rows.map((row) => ({
                    key: textOf(row, 'violation'),
                    label: labelOf(row),
                    value: numberOf(row, 'rows'),
                    tone: 'warn',
                  }))}
                  selected={picked === undefined ? '' : textOf(picked, 'violation')}
                  format={formatCount}
                  onSelect={(violation) => {
                    setState({ violation });
                  }}
                />
              </Section>
            }
          >
            {picked !== undefined && (
              <ViolationExamples title={labelOf(picked)} violation={textOf(picked, 'violation')} />
            )}
          </Columns>
        );
      }}
    </QueryView>
  );
};
