import { Button, Collapse, Stack, Text } from '@grafana/ui';
import { rulePreviewQuery, ruleRangeSeconds } from '@plumbline/schemas/rules';
import { useState } from 'react';
import { type RuleForm, scopeOf, valueProblems, valuesOf } from '../../alerting/ruleForm';
import { QueryView } from '../../queries/QueryView';
import { rowsOf } from '../../queries/rowsOf';
import { useQuery } from '../../queries/useQuery';
import { useDataSource } from '../../shared/DataSourceContext';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import { PreviewTableView } from './PreviewTableView';
import { previewOf } from './previewView';
import { useLater } from './useLater';

interface Props {
  readonly form: RuleForm;
}

const REST_MS = 500;

const Preview = ({ form }: Props) => {
  const { uid } = useDataSource();
  const [now, setNow] = useState(Date.now);
  const [open, setOpen] = useState(false);
  const { template } = form;
  const input = { values: valuesOf(form), scope: scopeOf(form) };
  const sql = rulePreviewQuery(template, input);
  const fromMs = now - ruleRangeSeconds(template, input) * 1000;
  const { query } = useQuery({ sql, datasourceUid: uid, fromMs, toMs: now });
  const refresh = () => {
    setNow(Date.now());
  };
  return (
    <Stack direction="column" gap={1}>
      <QueryView
        query={query}
        onRetry={refresh}
        empty={
          <EmptyData title={t('alerts.preview.empty', 'The query has no rows at the moment')}>
            {template.noData.state === 'Alerting' || template.noData.state === 'NoData'
              ? t('alerts.preview.emptyFires', 'The rule would tell that there is no data.')
              : t('alerts.preview.emptyCalm', 'The rule would stay calm.')}
          </EmptyData>
        }
      >
        {(frames) => <PreviewTableView table={previewOf(rowsOf(frames), template, input)} />}
      </QueryView>
      <Stack gap={1}>
        <Button size="sm" variant="secondary" icon="sync" onClick={refresh}>
          {t('shared.refresh', 'Refresh')}
        </Button>
      </Stack>
      <Collapse
        label={t('alerts.preview.query', 'Query')}
        isOpen={open}
        onToggle={() => {
          setOpen(!open);
        }}
      >
        <pre tabIndex={0} aria-label={t('alerts.preview.query', 'Query')}>
          {sql}
        </pre>
      </Collapse>
    </Stack>
  );
};

/** What the rule measures now, row by row, with its query. */
export const PreviewSection = ({ form }: Props) => {
  const rested = useLater(form, REST_MS);
  return (
    <section aria-label={t('alerts.preview.title', 'Now')}>
      <Text element="h2" variant="h4">
        {t('alerts.preview.title', 'Now')}
      </Text>
      {valueProblems(rested).size > 0 ? (
        <EmptyData title={t('alerts.preview.wrong', 'Some numbers are not valid yet')} />
      ) : (
        <Preview form={rested} />
      )}
    </section>
  );
};
