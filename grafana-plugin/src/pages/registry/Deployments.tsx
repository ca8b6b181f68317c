import { Text } from '@grafana/ui';
import { PlainTable } from '../../shared/PlainTable';
import { formatTime, UNKNOWN } from '../../shared/format';
import { Section } from '../../shared/Section';
import { t } from '../../shared/t';
import type { RegistryEntry } from './registryAnswers';

interface Props {
  readonly told: RegistryEntry['deployments'];
  readonly seen: RegistryEntry['seen'];
}

interface Line {
  readonly timeMs: number;
  readonly version: string;
  readonly what: string;
  readonly who: string;
}

const linesOf = ({ told, seen }: Props): readonly Line[] =>
  [
    ...told.map(({ time, version, text, actor }) => ({
      timeMs: Date.parse(time),
      version,
      what: text,
      who: actor,
    })),
    ...seen.map(({ first_seen, version, services }) => ({
      timeMs: Date.parse(first_seen),
      version,
      what: t('registry.deployment.seen', 'First seen in telemetry of {{services}}', {
        services: services.length === 0 ? UNKNOWN : services.join(', '),
      }),
      who: '',
    })),
  ].toSorted((a, b) => b.timeMs - a.timeMs);

/** When versions went live: as people and pipelines told, and as telemetry first showed them. */
export const Deployments = (props: Props) => {
  const lines = linesOf(props);
  return (
    <Section title={t('registry.deployment.title', 'Deployments')}>
      {lines.length === 0 ? (
        <Text color="secondary">
          {t('registry.deployment.none', 'None was told, and telemetry has not shown any version.')}
        </Text>
      ) : (
        <PlainTable
          caption={t('registry.deployment.title', 'Deployments')}
          headings={[
            t('registry.column.time', 'Time'),
            t('registry.column.version', 'Version'),
            t('registry.column.what', 'What'),
            t('registry.column.who', 'Who'),
          ]}
        >
          {lines.map((line) => (
            <tr key={JSON.stringify(line)}>
              <td>{formatTime(line.timeMs)}</td>
              <th scope="row">{line.version || UNKNOWN}</th>
              <td>{line.what}</td>
              <td>{line.who || UNKNOWN}</td>
            </tr>
          ))}
        </PlainTable>
      )}
    </Section>
  );
};
