import { Combobox, Field, FieldSet, Input } from '@grafana/ui';
import { RULE_TEMPLATES } from '@plumbline/schemas/rules';
import { newForm, type RuleForm, templateOf, valueProblems } from '../../alerting/ruleForm';
import { formatNumber } from '../../shared/format';
import { t } from '../../shared/t';
import { numberTitle, unitText } from './numberTexts';
import { ScopeFields } from './ScopeFields';
import { templateText } from './templateTexts';

interface Props {
  readonly form: RuleForm;
  readonly isNew: boolean;
  readonly onChange: (part: Partial<RuleForm>) => void;
}

/** What the rule watches: the template, its numbers and the models. */
export const WatchSection = ({ form, isNew, onChange }: Props) => {
  const { template, title, values, scope } = form;
  const wrong = valueProblems(form);
  const choose = (id: string) => {
    const next = templateOf(id);
    if (next === undefined) return;
    const fresh = newForm(next, templateText(id).title, scope);
    // A title that somebody typed stays.
    const own = title !== templateText(template.id).title;
    onChange({
      template: next,
      values: fresh.values,
      pending: fresh.pending,
      ...(own ? {} : { title: fresh.title }),
    });
  };
  return (
    <FieldSet label={t('alerts.watch.title', 'What it watches')}>
      <Field
        label={t('alerts.watch.template', 'Template')}
        description={templateText(template.id).description}
      >
        <Combobox
          id="rule-template"
          disabled={!isNew}
          options={RULE_TEMPLATES.map(({ id }) => ({
            value: id,
            label: templateText(id).title,
            description: templateText(id).description,
          }))}
          value={template.id}
          onChange={({ value }) => {
            choose(value);
          }}
        />
      </Field>
      {template.parameters.map(({ key, title: name, unit, min, max }) => (
        <Field
          key={key}
          label={numberTitle(name)}
          invalid={wrong.has(key)}
          error={t('alerts.watch.bounds', 'A number from {{min}} to {{max}}', {
            min: formatNumber(min, 12),
            max: formatNumber(max, 12),
          })}
        >
          <Input
            id={`rule-value-${key}`}
            type="number"
            step="any"
            min={min}
            max={max}
            value={values[key] ?? ''}
            suffix={unitText(unit)}
            onChange={({ currentTarget }) => {
              onChange({ values: { ...values, [key]: currentTarget.value } });
            }}
          />
        </Field>
      ))}
      <ScopeFields
        template={template}
        scope={scope}
        onChange={(next) => {
          onChange({ scope: next });
        }}
      />
    </FieldSet>
  );
};
