import { Field, MultiCombobox } from '@grafana/ui';
import {
  environmentChoices,
  featureChoices,
  modelChoices,
  versionChoices,
} from '@plumbline/schemas/queries';
import type { RuleScope, RuleTemplate } from '@plumbline/schemas/rules';
import { useState } from 'react';
import { rowsOf, textOf } from '../../queries/rowsOf';
import { useQuery } from '../../queries/useQuery';
import { useDataSource } from '../../shared/DataSourceContext';
import { t } from '../../shared/t';
import { SCOPE_COLUMNS, type ScopeColumn } from './formAddress';

const HOUR_MS = 3_600_000;

interface Props {
  readonly template: RuleTemplate;
  readonly scope: RuleScope;
  readonly onChange: (scope: RuleScope) => void;
}

const columnText = (column: ScopeColumn): string => {
  switch (column) {
    case 'environment':
      return t('alerts.scope.environment', 'Environments');
    case 'model':
      return t('alerts.scope.model', 'Models');
    case 'version':
      return t('alerts.scope.version', 'Versions');
    case 'feature':
      return t('alerts.scope.feature', 'Features');
  }
};

const CHOICES: Readonly<Record<ScopeColumn, (scope: RuleScope) => string>> = {
  environment: () => environmentChoices({}),
  model: ({ environment }) => modelChoices(environment === undefined ? {} : { environment }),
  version: ({ model }) => versionChoices(model === undefined ? {} : { model }),
  feature: ({ model }) => featureChoices(model === undefined ? {} : { model }),
};

const ScopeField = ({
  column,
  scope,
  onChange,
}: Omit<Props, 'template'> & { readonly column: ScopeColumn }) => {
  const { uid } = useDataSource();
  // None of the choices depends on the time, but Grafana wants a range.
  const [now] = useState(Date.now);
  const sql = CHOICES[column](scope);
  const { query } = useQuery({ sql, datasourceUid: uid, fromMs: now - HOUR_MS, toMs: now });
  const known =
    query.state === 'done' ? rowsOf(query.frames).map((row) => textOf(row, column)) : [];
  const chosen = scope[column] ?? [];
  const all = [...new Set([...known, ...chosen])].filter((text) => text !== '');
  return (
    <Field label={columnText(column)}>
      <MultiCombobox
        id={`rule-scope-${column}`}
        placeholder={t('alerts.scope.all', 'All')}
        loading={query.state === 'loading'}
        createCustomValue
        options={all.map((value) => ({ value, label: value }))}
        value={[...chosen]}
        onChange={(options) => {
          const { [column]: _, ...others } = scope;
          const values = options.map(({ value }) => value);
          onChange(values.length === 0 ? others : { ...others, [column]: values });
        }}
      />
    </Field>
  );
};

/** The models that the rule looks at, as far as its template can tell them apart; none chosen: all. */
export const ScopeFields = ({ template, scope, onChange }: Props) =>
  SCOPE_COLUMNS.filter((column) => template.scope.includes(column)).map((column) => (
    <ScopeField key={column} column={column} scope={scope} onChange={onChange} />
  ));
