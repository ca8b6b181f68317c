import { dateTime } from '@grafana/data';
import { Combobox, DateTimePicker, Field, TextArea } from '@grafana/ui';
import { useState } from 'react';
import { FormModal } from '../../../api/FormModal';
import { useWrite } from '../../../api/useWrite';
import { t } from '../../../shared/t';
import { useModel } from '../ModelContext';
import { annotationBody } from './annotation';

interface Props {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** A Combobox takes the empty text for "nothing is chosen". */
const ALL_VERSIONS = '*';

/** Marks a moment of the model in words, for its charts and for everybody. */
export const AnnotationForm = ({ onClose, onDone }: Props) => {
  const { identity, versions } = useModel();
  const [timeMs, setTimeMs] = useState(Date.now);
  const [version, setVersion] = useState(ALL_VERSIONS);
  const [text, setText] = useState('');
  const write = useWrite();
  const submit = async () => {
    const chosen = version === ALL_VERSIONS ? '' : version;
    const body = annotationBody(identity, { version: chosen, timeMs, text });
    const answer = await write.send({ method: 'POST', path: 'annotations', body });
    if (answer !== undefined) onDone();
  };
  return (
    <FormModal
      title={t('health.annotation.formTitle', 'Annotate {{model}}', { model: identity.model })}
      action={t('health.annotation.submit', 'Add annotation')}
      write={write}
      disabled={text.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('health.marks.time', 'Time')}>
        <DateTimePicker
          date={dateTime(timeMs)}
          onChange={(moment) => {
            if (moment?.isValid() === true) setTimeMs(moment.valueOf());
          }}
        />
      </Field>
      <Field label={t('model.version', 'Version')}>
        <Combobox
          id="annotation-version"
          options={[
            {
              value: ALL_VERSIONS,
              label: t('health.annotation.allVersions', 'The model as a whole'),
            },
            ...[...new Set(versions.map((one) => one.version))]
              .filter((value) => value !== '')
              .map((value) => ({ value, label: value })),
          ]}
          value={version}
          onChange={({ value }) => {
            setVersion(value);
          }}
        />
      </Field>
      <Field
        label={t('health.annotation.text', 'What happened')}
        description={t(
          'health.annotation.help',
          'Shown on the charts of this model, with your name.',
        )}
        required
      >
        <TextArea
          id="annotation-text"
          rows={3}
          maxLength={4096}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
          }}
        />
      </Field>
    </FormModal>
  );
};
