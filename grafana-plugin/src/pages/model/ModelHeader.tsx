import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import { modelRegistrySql } from '@plumbline/schemas/queries';
import type { ReactNode } from 'react';
import { rowsOf } from '../../queries/rowsOf';
import { useQuery } from '../../queries/useQuery';
import { useDataSource } from '../../shared/DataSourceContext';
import { formatAgo, UNKNOWN } from '../../shared/format';
import { pageUrl } from '../../shared/links';
import { t } from '../../shared/t';
import { useModel } from './ModelContext';
import { registeredOf } from './registered';

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

/** Who the model is and whom to ask: version, stage, owner, team, services, and where to read more. */
export const ModelHeader = () => {
  const styles = useStyles2(getStyles);
  const { identity, versions } = useModel();
  const { uid } = useDataSource();
  // The registry does not depend on time, but every query has a range.
  const { query } = useQuery({
    sql: modelRegistrySql(identity),
    datasourceUid: uid,
    fromMs: 0,
    toMs: 1,
  });
  const newest = versions[0];
  const { stage, owner, team, description, links } = registeredOf(
    query.state === 'done' ? rowsOf(query.frames) : [],
    newest,
  );
  return (
    <div className={styles.header}>
      {description !== '' && <p className={styles.description}>{description}</p>}
      <dl className={styles.facts}>
        <Fact label={t('model.header.environment', 'Environment')}>
          {identity.environment || UNKNOWN}
        </Fact>
        <Fact label={t('model.header.version', 'Newest version')}>
          {(newest?.version ?? '') || UNKNOWN}
        </Fact>
        <Fact label={t('model.header.stage', 'Stage')}>{stage || UNKNOWN}</Fact>
        <Fact label={t('model.header.owner', 'Owner')}>{owner || UNKNOWN}</Fact>
        <Fact label={t('model.header.team', 'Team')}>{team || UNKNOWN}</Fact>
        <Fact label={t('model.header.services', 'Services')}>
          {(newest?.services ?? '') || UNKNOWN}
        </Fact>
        <Fact label={t('model.header.lastSeen', 'Last request')}>
          {formatAgo(newest?.lastSeenMs)}
        </Fact>
      </dl>
      <nav aria-label={t('model.header.links', 'Links')} className={styles.links}>
        <TextLink href={pageUrl('fleet')}>{t('model.header.fleet', 'All models')}</TextLink>
        {links.map(({ name, url }) => (
          <TextLink key={name} href={url} external>
            {name}
          </TextLink>
        ))}
      </nav>
    </div>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  header: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  description: css({ margin: 0, maxWidth: '80ch', overflowWrap: 'anywhere' }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 3),
    margin: 0,
    dt: {
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightRegular,
    },
    dd: { margin: 0, color: theme.colors.text.primary, overflowWrap: 'anywhere' },
  }),
  links: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2) }),
});
