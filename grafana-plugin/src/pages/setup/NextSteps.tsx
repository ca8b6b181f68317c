import { LinkButton, Stack, Text } from '@grafana/ui';
import { pageUrl } from '../../shared/links';
import {
  canConfigureApp,
  canCreateDataSources,
  canCreateRules,
  canManageAlerts,
} from '../../shared/permissions';
import { PLUGIN_ID } from '../../shared/pluginId';
import { t } from '../../shared/t';

/** What can be done when everything is in order; only what the user may. */
export const NextSteps = () => (
  <section>
    <Stack direction="column" gap={1}>
      <Text element="h2" variant="h4">
        {t('setup.next.title', 'Next steps')}
      </Text>
      <Stack gap={1} wrap="wrap">
        <LinkButton href={pageUrl('fleet')} icon="apps">
          {t('setup.next.fleet', 'See all models')}
        </LinkButton>
        {canManageAlerts() && canCreateRules() && (
          <LinkButton variant="secondary" href={pageUrl('alerts', {}, 'new')} icon="bell">
            {t('setup.next.alert', 'Make an alert rule')}
          </LinkButton>
        )}
        <LinkButton variant="secondary" href="/dashboards" icon="graph-bar">
          {t('setup.next.dashboards', 'Dashboards')}
        </LinkButton>
        {canConfigureApp() && (
          <LinkButton variant="secondary" href={`/plugins/${PLUGIN_ID}`} icon="cog">
            {t('setup.next.configure', 'Configure the app')}
          </LinkButton>
        )}
        {canCreateDataSources() && (
          <LinkButton
            variant="secondary"
            href="/connections/datasources/grafana-clickhouse-datasource"
            icon="database"
          >
            {t('setup.next.source', 'Add a data source')}
          </LinkButton>
        )}
      </Stack>
    </Stack>
  </section>
);
