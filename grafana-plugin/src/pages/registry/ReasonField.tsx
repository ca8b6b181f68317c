import { Field, TextArea } from '@grafana/ui';
import { t } from '../../shared/t';

interface Props {
  readonly value: string;
  readonly onChange: (reason: string) => void;
}

/** Why something is decided; kept with it and shown to everybody. */
export const ReasonField = ({ value, onChange }: Props) => (
  <Field
    label={t('registry.form.reason', 'Why')}
    description={t('registry.form.reasonHelp', 'Kept with the change and shown to everybody.')}
    required
  >
    <TextArea
      id="registry-reason"
      rows={3}
      maxLength={4096}
      value={value}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.value);
      }}
    />
  </Field>
);
