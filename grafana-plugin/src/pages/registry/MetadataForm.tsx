import { Field, Input, TextArea } from '@grafana/ui';
import { useState } from 'react';
import { useWrite } from '../../api/useWrite';
import { t } from '../../shared/t';
import { FormModal } from '../../api/FormModal';
import { type Pairs, readPairs, writePairs } from './pairs';
import type { Metadata, RegistryKey } from './registryAnswers';

interface Props {
  /** Absent: a model that is registered now. */
  readonly of?: RegistryKey;
  /** Empty: the model as a whole. Absent: a version that is registered now, or none with a new model. */
  readonly version?: string;
  readonly before?: Metadata | undefined;
  readonly onClose: () => void;
  readonly onDone: (key: RegistryKey) => void;
}

type Name =
  | 'model'
  | 'environment'
  | 'version'
  | 'owner'
  | 'team'
  | 'description'
  | 'links'
  | 'tags'
  | 'card';

const startOf = ({ of, version, before }: Props): Readonly<Record<Name, string>> => ({
  model: of?.model ?? '',
  environment: of?.environment ?? '',
  version: version ?? '',
  owner: before?.owner ?? '',
  team: before?.team ?? '',
  description: before?.description ?? '',
  links: writePairs(before?.links ?? {}),
  tags: writePairs(before?.tags ?? {}),
  card: before?.card ?? '',
});

const labelOf = (name: Name): string => {
  switch (name) {
    case 'model':
      return t('registry.column.model', 'Model');
    case 'environment':
      return t('registry.column.environment', 'Environment');
    case 'version':
      return t('registry.column.version', 'Version');
    case 'owner':
      return t('registry.column.owner', 'Owner');
    case 'team':
      return t('registry.column.team', 'Team');
    case 'description':
      return t('registry.metadata.description', 'Description');
    case 'links':
      return t('registry.metadata.links', 'Links');
    case 'tags':
      return t('registry.metadata.tags', 'Tags');
    case 'card':
      return t('registry.metadata.card', 'Model card');
  }
};

const helpOf = (name: Name, isRequired: boolean): string | undefined => {
  if (name === 'version' && !isRequired)
    return t('registry.metadata.versionHelp', 'Empty: the model as a whole, for all its versions');
  if (name === 'links')
    return t('registry.metadata.linksHelp', 'One a line: name = https://address');
  if (name === 'tags') return t('registry.metadata.tagsHelp', 'One a line: name = value');
  return name === 'card' ? t('registry.metadata.cardHelp', 'Markdown') : undefined;
};

const TOLD = ['owner', 'team', 'description', 'links', 'tags', 'card'] as const;

const ROWS: Readonly<Partial<Record<Name, number>>> = {
  description: 2,
  links: 2,
  tags: 2,
  card: 8,
};

const wrongLine = (pairs: Pairs): string | undefined =>
  pairs.state === 'wrong'
    ? t('registry.metadata.wrongLine', 'Not name = value: {{line}}', { line: pairs.line })
    : undefined;

const titleOf = ({ of, version }: Props): string => {
  if (of === undefined) return t('registry.register', 'Register a model');
  return version === undefined
    ? t('registry.version.formTitle', 'Register a version of {{model}}', { model: of.model })
    : t('registry.metadata.formTitle', 'About {{model}}', {
        model: [of.model, version].filter((name) => name !== '').join(' '),
      });
};

/** What names the thing that is registered; nothing is asked about one that is there. */
const keyFields = ({ of, version }: Props): readonly Name[] => {
  if (of === undefined) return ['model', 'environment', 'version'];
  return version === undefined ? ['version'] : [];
};

type Told = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** What was filled in: what is registered now may be known already, and must not lose what was told of it before. */
const filledIn = (told: Told): Told =>
  Object.fromEntries(
    Object.entries(told).filter(([, value]) =>
      typeof value === 'string' ? value !== '' : Object.keys(value).length > 0,
    ),
  );

/** Registers a model or a version by hand, or says more about one: the whole of what people say about it. */
export const MetadataForm = (props: Props) => {
  const { of, onClose, onDone } = props;
  const [form, setForm] = useState(() => startOf(props));
  const write = useWrite();
  const [links, tags] = [readPairs(form.links), readPairs(form.tags)];
  const problems: Readonly<Partial<Record<Name, string | undefined>>> = {
    links: wrongLine(links),
    tags: wrongLine(tags),
  };
  const asked = keyFields(props);
  const required = asked[0];
  const submit = async () => {
    if (links.state === 'wrong' || tags.state === 'wrong') return;
    const { model, environment, version, owner, team, description, card } = form;
    const told = { owner, team, description, links: links.pairs, tags: tags.pairs, card };
    const key = of ?? { model: model.trim(), environment: environment.trim() };
    const all = required === undefined ? told : filledIn(told);
    const body = { ...key, version: version.trim(), ...all };
    const answer = await write.send({ method: 'PATCH', path: 'registry/metadata', body });
    if (answer !== undefined) onDone(key);
  };
  return (
    <FormModal
      title={titleOf(props)}
      action={t('registry.metadata.submit', 'Save')}
      write={write}
      disabled={
        (required !== undefined && form[required].trim() === '') ||
        links.state === 'wrong' ||
        tags.state === 'wrong'
      }
      onSubmit={submit}
      onClose={onClose}
    >
      {[...asked, ...TOLD].map((name) => {
        const Control = ROWS[name] === undefined ? Input : TextArea;
        return (
          <Field
            key={name}
            label={labelOf(name)}
            description={helpOf(name, name === required)}
            required={name === required}
            invalid={problems[name] !== undefined}
            error={problems[name]}
          >
            <Control
              id={`metadata-${name}`}
              {...(ROWS[name] === undefined ? {} : { rows: ROWS[name] })}
              value={form[name]}
              onChange={({
                currentTarget,
              }: {
                readonly currentTarget: { readonly value: string };
              }) => {
                const { value } = currentTarget;
                setForm((before) => ({ ...before, [name]: value }));
              }}
            />
          </Field>
        );
      })}
    </FormModal>
  );
};
