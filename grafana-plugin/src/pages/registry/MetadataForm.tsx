import { Field, Input, TextArea } from '@grafana/ui';
import { useState } from 'react';
import { useWrite } from '../../api/useWrite';
import { t } from '../../shared/t';
import { FormModal } from './FormModal';
import { type Pairs, readPairs, writePairs } from './pairs';
import type { Metadata, RegistryKey } from './registryAnswers';

interface Props {
  /** Absent: a model that is registered now. */
  readonly of?: RegistryKey;
  readonly before?: Metadata | undefined;
  readonly onClose: () => void;
  readonly onDone: (key: RegistryKey) => void;
}

type Name = 'model' | 'environment' | 'owner' | 'team' | 'description' | 'links' | 'tags' | 'card';

const startOf = ({ of, before }: Props): Readonly<Record<Name, string>> => ({
  model: of?.model ?? '',
  environment: of?.environment ?? '',
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

const helpOf = (name: Name): string | undefined => {
  if (name === 'links')
    return t('registry.metadata.linksHelp', 'One a line: name = https://address');
  if (name === 'tags') return t('registry.metadata.tagsHelp', 'One a line: name = value');
  return name === 'card' ? t('registry.metadata.cardHelp', 'Markdown') : undefined;
};

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

/** Registers a model, or says more about one: the whole of what people say about it. */
export const MetadataForm = (props: Props) => {
  const { of, onClose, onDone } = props;
  const [form, setForm] = useState(() => startOf(props));
  const write = useWrite();
  const [links, tags] = [readPairs(form.links), readPairs(form.tags)];
  const problems: Readonly<Partial<Record<Name, string | undefined>>> = {
    links: wrongLine(links),
    tags: wrongLine(tags),
  };
  const names: readonly Name[] = [
    ...(of === undefined ? (['model', 'environment'] as const) : []),
    ...(['owner', 'team', 'description', 'links', 'tags', 'card'] as const),
  ];
  const submit = async () => {
    if (links.state === 'wrong' || tags.state === 'wrong') return;
    const { model, environment, owner, team, description, card } = form;
    const told = { owner, team, description, links: links.pairs, tags: tags.pairs, card };
    const key = { model: model.trim(), environment: environment.trim() };
    const body = { ...(of ?? key), ...told };
    const answer = await write.send({ method: 'PATCH', path: 'registry/metadata', body });
    if (answer !== undefined) onDone(of ?? key);
  };
  return (
    <FormModal
      title={
        of === undefined
          ? t('registry.register', 'Register a model')
          : t('registry.metadata.formTitle', 'About {{model}}', { model: of.model })
      }
      action={t('registry.metadata.submit', 'Save')}
      write={write}
      disabled={form.model.trim() === '' || links.state === 'wrong' || tags.state === 'wrong'}
      onSubmit={submit}
      onClose={onClose}
    >
      {names.map((name) => {
        const Control = ROWS[name] === undefined ? Input : TextArea;
        return (
          <Field
            key={name}
            label={labelOf(name)}
            description={helpOf(name)}
            required={name === 'model'}
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
