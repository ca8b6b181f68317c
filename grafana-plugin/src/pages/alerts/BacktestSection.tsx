import { Alert, Button, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { formProblems, type RuleForm } from '../../alerting/ruleForm';
import type { ApiState } from '../../api/useApi';
import { callApi } from '../../api/callApi';
import { ProblemNotice } from '../../api/ProblemNotice';
import { formatCount } from '../../shared/format';
import { t } from '../../shared/t';
import { LoadingState } from '../../states/LoadingState';
import { type BacktestAnswer, backtestCall, backtestKey, canBacktest } from './backtest';
import { BacktestResult } from './BacktestResult';

interface Props {
  readonly form: RuleForm;
}

const DAYS = [1, 7, 30] as const;
const USUAL_DAYS = 7;

interface Run {
  /** What was asked for: another form makes the answer an old one. */
  readonly of: string;
  readonly state: ApiState<BacktestAnswer>;
}

const Result = ({ run: { state, of }, now }: { readonly run: Run; readonly now: string }) => {
  if (state.state === 'loading') return <LoadingState height={160} />;
  if (state.state === 'failed') return <ProblemNotice problem={state.problem} />;
  return (
    <>
      {of !== now && (
        <Alert
          severity="info"
          title={t('alerts.backtest.old', 'The form was changed since; run it again')}
        />
      )}
      <BacktestResult answer={state.data} />
    </>
  );
};

/** When the rule would have fired over the last days, and how often that is in a week. */
export const BacktestSection = ({ form }: Props) => {
  const [days, setDays] = useState<number>(USUAL_DAYS);
  const [run, setRun] = useState<Run>();
  const title = t('alerts.backtest.title', 'Over the last days');
  const problems = formProblems(form);
  const key = backtestKey(form, days);
  const start = async () => {
    setRun({ of: key, state: { state: 'loading' } });
    const state = await callApi<BacktestAnswer>(backtestCall(form, days, Date.now()));
    // An answer that a newer run has overtaken is dropped.
    setRun((current) => (current?.of === key ? { of: key, state } : current));
  };
  return (
    <section aria-label={title}>
      <Stack direction="column" gap={1}>
        <Text element="h2" variant="h4">
          {title}
        </Text>
        {canBacktest(form) ? (
          <Stack gap={1} wrap="wrap" alignItems="center">
            <RadioButtonGroup
              aria-label={t('alerts.backtest.days', 'How many days')}
              options={DAYS.map((value) => ({
                value,
                label: t('alerts.backtest.dayCount', '{{count}} d', { count: formatCount(value) }),
              }))}
              value={days}
              onChange={setDays}
            />
            <Button
              variant="secondary"
              icon="history"
              disabled={
                run?.state.state === 'loading' || problems.has('values') || problems.has('pending')
              }
              onClick={start}
            >
              {t('alerts.backtest.run', 'When would it have fired?')}
            </Button>
          </Stack>
        ) : (
          <p>
            {t(
              'alerts.backtest.none',
              'This rule is about the machine, of which no history is stored.',
            )}
          </p>
        )}
        {run !== undefined && canBacktest(form) && <Result run={run} now={key} />}
      </Stack>
    </section>
  );
};
