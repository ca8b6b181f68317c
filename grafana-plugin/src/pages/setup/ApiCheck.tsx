import { ProblemNotice } from '../../api/ProblemNotice';
import { useApi } from '../../api/useApi';
import { formatAgo } from '../../shared/format';
import { t } from '../../shared/t';
import { CheckItem } from './CheckItem';
import type { CheckState } from './checks';

interface ModelsAnswer {
  readonly as_of: string;
}

/** The cheapest read that needs everything: address, token and a signed identity. */
const CALL = { method: 'GET', path: 'models', query: { limit: 1 } } as const;

/** Whether the API is reached through Grafana, and knows who asks. */
export const ApiCheck = () => {
  const { answer } = useApi<ModelsAnswer>(CALL);
  const state: CheckState | undefined =
    answer.state === 'loading'
      ? undefined
      : answer.state === 'done'
        ? 'ok'
        : answer.problem.kind === 'not_configured'
          ? 'warning'
          : 'failed';
  return (
    <CheckItem title={t('setup.api.title', 'API and identity')} state={state}>
      {answer.state === 'done' && (
        <span>
          {t(
            'setup.api.done',
            'The API answers through Grafana, takes its token and knows who you are. Its registry was read {{ago}}.',
            { ago: formatAgo(Date.parse(answer.data.as_of)) },
          )}
        </span>
      )}
      {answer.state === 'failed' && (
        <>
          <ProblemNotice problem={answer.problem} />
          {answer.problem.kind === 'forbidden' && (
            <span>
              {t(
                'setup.api.identity',
                'The token must be that of api.grafana.token, and api.grafana.url this Grafana: the processor fetches the keys there with which Grafana signs who you are.',
              )}
            </span>
          )}
          <span>
            {t(
              'setup.api.without',
              'Without the API the pages still show everything; changes, comparisons and backtests need it.',
            )}
          </span>
        </>
      )}
    </CheckItem>
  );
};
