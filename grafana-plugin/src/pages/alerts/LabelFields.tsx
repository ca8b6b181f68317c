import { Button, Field, IconButton, Input, Stack } from '@grafana/ui';
import type { Label } from '../../alerting/ruleForm';
import { t } from '../../shared/t';

interface Props {
  readonly labels: readonly Label[];
  readonly invalid: boolean;
  readonly onChange: (labels: readonly Label[]) => void;
}

/** Labels that every alert of the rule has, for routing and silences. */
export const LabelFields = ({ labels, invalid, onChange }: Props) => {
  const set = (at: number, part: Partial<Label>) => {
    onChange(labels.map((label, index) => (index === at ? { ...label, ...part } : label)));
  };
  return (
    <Field
      label={t('alerts.labels.title', 'Labels')}
      description={t(
        'alerts.labels.help',
        'Besides tenant, environment and model, which each alert has anyway.',
      )}
      invalid={invalid}
      error={t(
        'alerts.labels.error',
        'Names have letters, digits and underscores, begin with no digit, and occur once',
      )}
    >
      <Stack direction="column" alignItems="flex-start" gap={1}>
        {labels.map(({ key, value }, at) => (
          <Stack key={at} gap={1} alignItems="center">
            <Input
              aria-label={t('alerts.labels.name', 'Name of label {{n}}', { n: at + 1 })}
              value={key}
              onChange={({ currentTarget }) => {
                set(at, { key: currentTarget.value });
              }}
            />
            <Input
              aria-label={t('alerts.labels.value', 'Value of label {{n}}', { n: at + 1 })}
              value={value}
              onChange={({ currentTarget }) => {
                set(at, { value: currentTarget.value });
              }}
            />
            <IconButton
              name="times"
              tooltip={t('alerts.labels.remove', 'Remove label {{n}}', { n: at + 1 })}
              onClick={() => {
                onChange(labels.filter((_, index) => index !== at));
              }}
            />
          </Stack>
        ))}
        <Button
          variant="secondary"
          size="sm"
          icon="plus"
          onClick={() => {
            onChange([...labels, { key: '', value: '' }]);
          }}
        >
          {t('alerts.labels.add', 'Add a label')}
        </Button>
      </Stack>
    </Field>
  );
};
