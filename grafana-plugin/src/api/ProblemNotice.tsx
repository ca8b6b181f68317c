import { Alert, LinkButton, Stack } from '@grafana/ui';
import { PLUGIN_ID } from '../shared/pluginId';
import { canConfigureApp } from '../shared/permissions';
import { t } from '../shared/t';
import type { Problem, ProblemKind } from '../shared/problem';

const TITLES: Readonly<Record<ProblemKind, () => string>> = {
  invalid: () => t('states.problem.invalid', 'The API did not accept this'),
  forbidden: () => t('states.problem.forbidden', 'You may not do this'),
  not_found: () => t('states.problem.notFound', 'This does not exist (any more)'),
  conflict: () => t('states.problem.conflict', 'Someone else changed this in the meantime'),
  too_large: () => t('states.problem.tooLarge', 'This is more than the API takes at once'),
  rate_limited: () => t('states.problem.rateLimited', 'Too many requests; wait a moment'),
  not_configured: () =>
    t('states.problem.notConfigured', 'The API of Plumbline is not set up or cannot be reached'),
  unavailable: () => t('states.problem.unavailable', 'The API is not available at the moment'),
  internal: () => t('states.problem.internal', 'The API failed'),
};

/** What the user can do something about is a warning; the rest is an error. */
const MILD: readonly ProblemKind[] = ['forbidden', 'conflict', 'not_found', 'rate_limited'];

/** A problem of the API where it happened, with the fields that it names and, for those who may, the way to the settings. */
export const ProblemNotice = ({ problem }: { readonly problem: Problem }) => (
  <Alert
    severity={MILD.includes(problem.kind) ? 'warning' : 'error'}
    title={TITLES[problem.kind]()}
    data-testid={`problem-${problem.kind}`}
  >
    <Stack direction="column" alignItems="flex-start">
      <span>{problem.message}</span>
      {problem.fields.length > 0 && (
        <ul>
          {problem.fields.map(({ pointer, detail }) => (
            <li key={pointer}>
              <code>{pointer}</code> {detail}
            </li>
          ))}
        </ul>
      )}
      {problem.kind === 'not_configured' && canConfigureApp() && (
        <LinkButton size="sm" variant="secondary" icon="cog" href={`/plugins/${PLUGIN_ID}`}>
          {t('states.problem.configure', 'Open the configuration of the app')}
        </LinkButton>
      )}
    </Stack>
  </Alert>
);
