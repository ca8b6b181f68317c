import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, LinkButton, Stack, useStyles2 } from '@grafana/ui';
import type { SyntheticEvent } from 'react';
import { formProblems, type RuleForm } from '../../alerting/ruleForm';
import { pageUrl } from '../../shared/links';
import { t } from '../../shared/t';
import { FailedState } from '../../states/FailedState';
import { BacktestSection } from './BacktestSection';
import { NotifySection } from './NotifySection';
import { PreviewSection } from './PreviewSection';
import { WatchSection } from './WatchSection';

interface Props {
  readonly form: RuleForm;
  readonly isNew: boolean;
  readonly saving: boolean;
  /** What Grafana said against it; empty: nothing. */
  readonly failure: string;
  readonly onChange: (form: RuleForm) => void;
  readonly onSave: () => void;
}

/** The form of a rule, and beside it what the rule measures now and when it would have fired. */
export const RuleFormView = ({ form, isNew, saving, failure, onChange, onSave }: Props) => {
  const styles = useStyles2(getStyles);
  const problems = formProblems(form);
  const change = (part: Partial<RuleForm>) => {
    onChange({ ...form, ...part });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <div className={styles.columns}>
      <form onSubmit={submit} aria-label={t('alerts.form.label', 'Alert rule')}>
        <WatchSection form={form} isNew={isNew} onChange={change} />
        <NotifySection form={form} problems={problems} onChange={change} />
        {failure !== '' && (
          <FailedState
            title={t('alerts.form.refused', 'Grafana did not take the rule')}
            message={failure}
          />
        )}
        <Stack gap={1}>
          <Button type="submit" disabled={saving || problems.size > 0}>
            {isNew ? t('alerts.form.create', 'Create rule') : t('alerts.form.save', 'Save rule')}
          </Button>
          <LinkButton variant="secondary" href={pageUrl('alerts')}>
            {t('alerts.form.cancel', 'Cancel')}
          </LinkButton>
        </Stack>
      </form>
      <div className={styles.answers}>
        <PreviewSection form={form} />
        <BacktestSection form={form} />
      </div>
    </div>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  columns: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 440px) minmax(0, 1fr)',
    gap: theme.spacing(4),
    [theme.breakpoints.down('lg')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  answers: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(4),
    minWidth: 0,
  }),
});
