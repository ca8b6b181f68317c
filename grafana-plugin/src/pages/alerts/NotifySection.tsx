import { Combobox, Field, FieldSet, Input } from '@grafana/ui';
import { grafanaAlerting } from '../../alerting/callGrafana';
import type { FormField, RuleForm } from '../../alerting/ruleForm';
import { useGrafana } from '../../alerting/useGrafana';
import { t } from '../../shared/t';
import { LabelFields } from './LabelFields';

interface Props {
  readonly form: RuleForm;
  readonly problems: ReadonlySet<FormField>;
  readonly onChange: (part: Partial<RuleForm>) => void;
}

const FolderField = ({ form: { folder }, onChange }: Pick<Props, 'form' | 'onChange'>) => {
  const { answer } = useGrafana(grafanaAlerting.listFolders);
  const folders = answer.state === 'done' ? answer.data : [];
  const own = folder !== undefined && 'title' in folder ? folder.title : '';
  return (
    <Field
      label={t('alerts.notify.folder', 'Folder')}
      description={t('alerts.notify.folderHelp', 'Choose one, or type the name of a new one.')}
      invalid={answer.state === 'failed'}
      error={answer.state === 'failed' ? answer.problem.message : undefined}
    >
      <Combobox
        id="rule-folder"
        createCustomValue
        loading={answer.state === 'loading'}
        placeholder={t('alerts.notify.folderNone', 'Choose a folder')}
        options={[
          ...folders.map(({ uid, title }) => ({ value: uid, label: title })),
          ...(own === '' ? [] : [{ value: own, label: own }]),
        ]}
        value={folder === undefined ? null : 'uid' in folder ? folder.uid : folder.title}
        onChange={({ value }) => {
          const known = folders.some(({ uid }) => uid === value);
          onChange({ folder: known ? { uid: value } : { title: value.trim() } });
        }}
      />
    </Field>
  );
};

const ContactField = ({ form: { contactPoint }, onChange }: Pick<Props, 'form' | 'onChange'>) => {
  const { answer } = useGrafana(grafanaAlerting.listContactPoints);
  const known = answer.state === 'done' ? answer.data : [];
  const names = [...new Set([...known, ...(contactPoint === '' ? [] : [contactPoint])])];
  return (
    <Field
      label={t('alerts.notify.contact', 'Contact point')}
      description={t(
        'alerts.notify.contactHelp',
        'Without one the notification policies of this Grafana decide who is told.',
      )}
      invalid={answer.state === 'failed'}
      error={answer.state === 'failed' ? answer.problem.message : undefined}
    >
      <Combobox
        id="rule-contact"
        isClearable
        loading={answer.state === 'loading'}
        placeholder={t('alerts.notify.contactNone', 'By notification policy')}
        options={names.map((name) => ({ value: name, label: name }))}
        value={contactPoint === '' ? null : contactPoint}
        onChange={(option: { readonly value: string } | null) => {
          onChange({ contactPoint: option?.value ?? '' });
        }}
      />
    </Field>
  );
};

/** What the rule is called, how long it waits, where it lies and who is told. */
export const NotifySection = ({ form, problems, onChange }: Props) => (
  <FieldSet label={t('alerts.notify.title', 'Rule and notifications')}>
    <Field
      label={t('alerts.notify.name', 'Name')}
      invalid={problems.has('title')}
      error={t('alerts.notify.nameError', 'From 1 to 190 characters')}
    >
      <Input
        id="rule-title"
        value={form.title}
        onChange={({ currentTarget }) => {
          onChange({ title: currentTarget.value });
        }}
      />
    </Field>
    <Field
      label={t('alerts.notify.pending', 'Fires after')}
      description={t(
        'alerts.notify.pendingHelp',
        'How long the condition must hold: 0s, 5m, 1h30m.',
      )}
      invalid={problems.has('pending')}
      error={t('alerts.notify.pendingError', 'A duration such as 5m or 1h')}
    >
      <Input
        id="rule-pending"
        width={16}
        value={form.pending}
        onChange={({ currentTarget }) => {
          onChange({ pending: currentTarget.value });
        }}
      />
    </Field>
    <FolderField form={form} onChange={onChange} />
    <ContactField form={form} onChange={onChange} />
    <LabelFields
      labels={form.labels}
      invalid={problems.has('labels')}
      onChange={(labels) => {
        onChange({ labels });
      }}
    />
  </FieldSet>
);
