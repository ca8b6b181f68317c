import { Field, MultiCombobox } from '@grafana/ui';
import {
  environmentChoices,
  featureChoices,
  modelChoices,
  segmentChoices,
  tenantChoices,
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
    case 'tenant':
      return t('alerts.scope.tenant', 'Tenants');
    case 'environment':
      return t('alerts.scope.environment', 'Environments');
    case 'model':
      return t('alerts.scope.model', 'Models');
    case 'version':
      return t('alerts.scope.version', 'Versions');
    case 'segment':
      return t('alerts.scope.segment', 'Segments');
    case 'feature':
      return t('alerts.scope.feature', 'Features');
  }
};

/** The part of a scope that narrows the choices of what comes after it. */
const only = (scope: RuleScope, columns: readonly ScopeColumn[]): RuleScope =>
  Object.fromEntries(
    columns.flatMap((column) => (scope[column] === undefined ? [] : [[column, scope[column]]])),
  );

const CHOICES: Readonly<Record<ScopeColumn, (scope: RuleScope) => string>> = {
  tenant: () => tenantChoices({}),
  environment: (scope) => environmentChoices(only(scope, ['tenant'])),
  model: (scope) => modelChoices(only(scope, ['tenant', 'environment'])),
  version: (scope) => versionChoices(only(scope, ['tenant', 'environment', 'model'])),
  segment: (scope) => segmentChoices(only(scope, ['tenant', 'environment', 'model'])),
  feature: (scope) => featureChoices(only(scope, ['tenant', 'environment', 'model'])),
};

/** What no choice stands for. */
const placeholderOf = (column: ScopeColumn): string =>
  column === 'segment' ? t('alerts.scope.allTraffic', 'All traffic') : t('alerts.scope.all', 'All');

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
        placeholder={placeholderOf(column)}
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
