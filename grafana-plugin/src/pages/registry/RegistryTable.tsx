import { Stack, TextLink } from '@grafana/ui';
import { PlainTable } from '../../shared/PlainTable';
import { formatAgo, formatCount, UNKNOWN } from '../../shared/format';
import { pageUrl } from '../../shared/links';
import { ReadableBadge } from '../../shared/ReadableBadge';
import { t } from '../../shared/t';
import type { ModelSummary } from './registryAnswers';
import { stageColor, STAGES, stageText } from './stages';

/** The versions of a model that have a stage, production first. */
const stagedOf = ({ stages }: ModelSummary) =>
  Object.entries(stages)
    .map(([version, stage]) => ({ version, stage }))
    .filter(({ stage }) => stage !== 'archived')
    .toSorted(
      (a, b) =>
        STAGES.findIndex((one) => one === b.stage) - STAGES.findIndex((one) => one === a.stage),
    );

const SHOWN_STAGES = 4;

export const RegistryTable = ({ models }: { readonly models: readonly ModelSummary[] }) => (
  <PlainTable
    caption={t('registry.caption', 'Registered models')}
    headings={[
      t('registry.column.model', 'Model'),
      t('registry.column.environment', 'Environment'),
      t('registry.column.stages', 'Stages'),
      t('registry.column.versions', 'Versions'),
      t('registry.column.owner', 'Owner'),
      t('registry.column.team', 'Team'),
      t('registry.column.requests', 'Requests in 24 hours'),
      t('registry.column.lastSeen', 'Last seen'),
    ]}
  >
    {models.map((one) => (
      <tr key={JSON.stringify([one.environment, one.model])} data-testid="registry-row">
        <th scope="row">
          <TextLink
            inline={false}
            href={pageUrl('registry', { model: one.model, environment: one.environment })}
          >
            {one.model}
          </TextLink>
        </th>
        <td>{one.environment || UNKNOWN}</td>
        <td>
          <Stack wrap="wrap" gap={0.5}>
            {stagedOf(one)
              .slice(0, SHOWN_STAGES)
              .map(({ version, stage }) => (
                <ReadableBadge
                  key={version}
                  color={stageColor(stage)}
                  text={version === '' ? stageText(stage) : `${version}: ${stageText(stage)}`}
                />
              ))}
          </Stack>
        </td>
        <td>{formatCount(one.versions.length)}</td>
        <td>{one.owner || UNKNOWN}</td>
        <td>{one.team || UNKNOWN}</td>
        <td>{formatCount(one.requests_24h)}</td>
        <td>
          {one.last_seen === null
            ? t('registry.notSeen', 'Not yet')
            : formatAgo(Date.parse(one.last_seen))}
        </td>
      </tr>
    ))}
  </PlainTable>
);
