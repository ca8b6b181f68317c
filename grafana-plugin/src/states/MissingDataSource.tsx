import { EmptyState, LinkButton, Stack, TextLink } from '@grafana/ui';
import { canCreateDataSources } from '../shared/permissions';
import { t } from '../shared/t';

interface Props {
  /** The one that the address names, when it names one that is not there. */
  readonly unknownUid?: string;
}

const CATALOG = '/plugins/grafana-clickhouse-datasource';

/** There is no ClickHouse data source to read from: Grafana's own panels would show a calm "No data". */
export const MissingDataSource = ({ unknownUid }: Props) => (
  <EmptyState
    variant="call-to-action"
    hideImage
    message={
      unknownUid === undefined
        ? t('states.noSource.title', 'No ClickHouse data source')
        : t('states.noSource.unknown', 'The data source {{uid}} does not exist', {
            uid: unknownUid,
          })
    }
    button={
      canCreateDataSources() ? (
        <LinkButton icon="plus" href="/connections/datasources/grafana-clickhouse-datasource">
          {t('states.noSource.add', 'Add a ClickHouse data source')}
        </LinkButton>
      ) : undefined
    }
  >
    <Stack direction="column" alignItems="center">
      <span>
        {canCreateDataSources()
          ? t(
              'states.noSource.text',
              'This app reads its numbers from the ClickHouse database of Plumbline, through the ClickHouse data source of Grafana.',
            )
          : t(
              'states.noSource.ask',
              'Ask an administrator to add a ClickHouse data source for the database of Plumbline, or to let you query it.',
            )}
      </span>
      <TextLink href={CATALOG}>
        {t('states.noSource.plugin', 'The ClickHouse plugin in this Grafana')}
      </TextLink>
    </Stack>
  </EmptyState>
);
