import { Button } from '@grafana/ui';
import { PlainTable } from '../../shared/PlainTable';
import { formatAgo, formatCount, formatShare, formatTime, UNKNOWN } from '../../shared/format';
import { Section } from '../../shared/Section';
import { StatusBadge } from '../../shared/StatusBadge';
import { ReadableBadge } from '../../shared/ReadableBadge';
import { t } from '../../shared/t';
import type { VersionSummary } from './registryAnswers';
import { stageColor, stageText } from './stages';

interface Props {
  readonly versions: readonly VersionSummary[];
  /** Undefined for those who may not. */
  readonly onStage: ((version: VersionSummary) => void) | undefined;
  readonly onRegister: (() => void) | undefined;
}

const versionText = (version: string): string =>
  version === '' ? t('registry.noVersion', 'Without a version') : version;

const VersionRow = ({
  one,
  onStage,
}: Pick<Props, 'onStage'> & { readonly one: VersionSummary }) => (
  <tr data-testid="version-row">
    <th scope="row">{versionText(one.version)}</th>
    <td>
      <ReadableBadge
        color={stageColor(one.stage)}
        text={stageText(one.stage)}
        {...(one.stage_since === null
          ? {}
          : {
              tooltip: t('registry.since', 'Since {{time}}', {
                time: formatTime(Date.parse(one.stage_since)),
              }),
            })}
      />
    </td>
    <td>
      <StatusBadge status={one.status} />
    </td>
    <td>{formatCount(one.requests_24h)}</td>
    <td>{one.requests_24h > 0 ? formatShare(one.errors_24h / one.requests_24h) : UNKNOWN}</td>
    <td>{one.services.length === 0 ? UNKNOWN : one.services.join(', ')}</td>
    <td>
      {one.first_seen === null
        ? t('registry.notSeen', 'Not yet')
        : formatTime(Date.parse(one.first_seen))}
    </td>
    <td>{one.last_seen === null ? UNKNOWN : formatAgo(Date.parse(one.last_seen))}</td>
    {onStage !== undefined && (
      <td>
        <Button
          size="sm"
          variant="secondary"
          aria-label={t('registry.stage.changeOf', 'Change stage: {{version}}', {
            version: versionText(one.version),
          })}
          onClick={() => {
            onStage(one);
          }}
        >
          {t('registry.stage.change', 'Change stage')}
        </Button>
      </td>
    )}
  </tr>
);

/** The versions of a model, the one seen last first. */
export const VersionsTable = ({ versions, onStage, onRegister }: Props) => (
  <Section
    title={t('registry.column.versions', 'Versions')}
    actions={
      onRegister !== undefined && (
        <Button variant="secondary" size="sm" icon="plus" onClick={onRegister}>
          {t('registry.version.register', 'Register a version')}
        </Button>
      )
    }
  >
    <PlainTable
      caption={t('registry.column.versions', 'Versions')}
      headings={[
        t('registry.column.version', 'Version'),
        t('registry.column.stage', 'Stage'),
        t('registry.column.status', 'Status'),
        t('registry.column.requests', 'Requests in 24 hours'),
        t('registry.column.errors', 'Errors'),
        t('registry.column.services', 'Services'),
        t('registry.column.firstSeen', 'First seen'),
        t('registry.column.lastSeen', 'Last seen'),
        ...(onStage === undefined ? [] : [t('registry.column.actions', 'Actions')]),
      ]}
    >
      {versions.map((one) => (
        <VersionRow key={one.version} one={one} onStage={onStage} />
      ))}
    </PlainTable>
  </Section>
);
