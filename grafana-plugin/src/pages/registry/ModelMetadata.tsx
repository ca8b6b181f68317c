import { css } from '@emotion/css';
import { type GrafanaTheme2, renderMarkdown } from '@grafana/data';
import { Button, Stack, Tag, Text, TextLink, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { formatTime, UNKNOWN } from '../../shared/format';
import { Section } from '../../shared/Section';
import { t } from '../../shared/t';
import type { Metadata } from './registryAnswers';

interface Props {
  readonly metadata: Metadata | undefined;
  /** Undefined for those who may not. */
  readonly onEdit: (() => void) | undefined;
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <Text element="h3" variant="bodySmall" color="secondary">
      {name}
    </Text>
    <div>{children}</div>
  </div>
);

const EditButton = ({
  version,
  onEdit,
}: {
  readonly version: string;
  readonly onEdit: () => void;
}) => (
  <Button
    size="sm"
    variant="secondary"
    icon="pen"
    aria-label={
      version === ''
        ? undefined
        : t('registry.metadata.editOf', 'Edit version {{version}}', { version })
    }
    onClick={onEdit}
  >
    {t('registry.metadata.edit', 'Edit')}
  </Button>
);

/** What people said about a model as a whole or a version of it, and its card. */
export const ModelMetadata = ({ metadata, onEdit }: Props) => {
  const styles = useStyles2(getStyles);
  const {
    owner = '',
    team = '',
    description = '',
    links = {},
    tags = {},
    card = '',
    version = '',
  } = metadata ?? {};
  return (
    <Section
      title={
        version === ''
          ? t('registry.metadata.title', 'About this model')
          : t('registry.metadata.titleOf', 'About version {{version}}', { version })
      }
      actions={onEdit !== undefined && <EditButton version={version} onEdit={onEdit} />}
      description={
        metadata === undefined || metadata.updated_by === ''
          ? undefined
          : t('registry.metadata.updated', 'Last changed by {{who}}, {{time}}', {
              who: metadata.updated_by,
              time: formatTime(Date.parse(metadata.time)),
            })
      }
    >
      <div className={styles.facts}>
        <Fact name={t('registry.column.owner', 'Owner')}>{owner || UNKNOWN}</Fact>
        <Fact name={t('registry.column.team', 'Team')}>{team || UNKNOWN}</Fact>
        <Fact name={t('registry.metadata.description', 'Description')}>
          {description || UNKNOWN}
        </Fact>
        <Fact name={t('registry.metadata.links', 'Links')}>
          {Object.keys(links).length === 0
            ? UNKNOWN
            : Object.entries(links).map(([name, href]) => (
                <TextLink key={name} href={href} external inline={false}>
                  {name}
                </TextLink>
              ))}
        </Fact>
        <Fact name={t('registry.metadata.tags', 'Tags')}>
          <Stack wrap="wrap" gap={0.5}>
            {Object.keys(tags).length === 0
              ? UNKNOWN
              : Object.entries(tags).map(([name, value]) => (
                  <Tag key={name} name={`${name}: ${value}`} />
                ))}
          </Stack>
        </Fact>
      </div>
      <Fact name={t('registry.metadata.card', 'Model card')}>
        {card === '' ? (
          t('registry.metadata.noCard', 'Nobody has written one yet.')
        ) : (
          <div
            className={styles.card}
            // Grafana's own reader of Markdown takes out what could run.
            dangerouslySetInnerHTML={{ __html: renderMarkdown(card) }}
          />
        )}
      </Fact>
    </Section>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(2),
    overflowWrap: 'anywhere',
  }),
  card: css({
    overflowX: 'auto',
    overflowWrap: 'anywhere',
    'h1, h2, h3, h4': { fontSize: theme.typography.h5.fontSize, margin: theme.spacing(1, 0) },
    'ul, ol': { paddingLeft: theme.spacing(3) },
  }),
});
