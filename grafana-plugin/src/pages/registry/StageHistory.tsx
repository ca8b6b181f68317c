import { Button, Icon, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { PlainTable } from '../../shared/PlainTable';
import { formatTime, UNKNOWN } from '../../shared/format';
import { Section } from '../../shared/Section';
import { ReadableBadge } from '../../shared/ReadableBadge';
import { t } from '../../shared/t';
import { CheckList } from './CheckList';
import type { StageChange } from './registryAnswers';
import { stageColor, stageText } from './stages';

const keyOf = ({ time, version }: StageChange): string => JSON.stringify([time, version]);

const Checks = ({ change }: { readonly change: StageChange }) => {
  const [open, setOpen] = useState(false);
  if (change.checks.length === 0) return <>{UNKNOWN}</>;
  return (
    <Stack direction="column" alignItems="flex-start">
      <Button
        size="sm"
        fill="text"
        variant="secondary"
        icon={open ? 'angle-down' : 'angle-right'}
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {t('registry.history.checks', 'What was known')}
      </Button>
      {open && <CheckList checks={change.checks} />}
    </Stack>
  );
};

/** Which version was given which stage, when, by whom and why; the newest first. */
export const StageHistory = ({ changes }: { readonly changes: readonly StageChange[] }) => (
  <Section title={t('registry.history.title', 'Stage changes')}>
    {changes.length === 0 ? (
      <Text color="secondary">
        {t('registry.history.none', 'No version was given a stage yet.')}
      </Text>
    ) : (
      <PlainTable
        caption={t('registry.history.title', 'Stage changes')}
        headings={[
          t('registry.column.time', 'Time'),
          t('registry.column.version', 'Version'),
          t('registry.column.stage', 'Stage'),
          t('registry.column.who', 'Who'),
          t('registry.column.why', 'Why'),
          t('registry.check.list', 'Check list'),
        ]}
      >
        {changes.map((change) => (
          <tr key={keyOf(change)} data-testid="stage-change">
            <td>{formatTime(Date.parse(change.time))}</td>
            <th scope="row">{change.version || UNKNOWN}</th>
            <td>
              <Stack wrap="wrap" gap={0.5} alignItems="center">
                {change.from_stage !== '' && (
                  <>
                    <span>{stageText(change.from_stage)}</span>
                    <Icon name="arrow-right" aria-hidden />
                  </>
                )}
                <ReadableBadge
                  color={stageColor(change.to_stage)}
                  text={stageText(change.to_stage)}
                />
              </Stack>
            </td>
            <td>{change.actor_name || change.actor}</td>
            <td>{change.reason || UNKNOWN}</td>
            <td>
              <Checks change={change} />
            </td>
          </tr>
        ))}
      </PlainTable>
    )}
  </Section>
);
