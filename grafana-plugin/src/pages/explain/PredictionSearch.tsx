import { Button, Field, Input, Stack } from '@grafana/ui';
import { type SyntheticEvent, useState } from 'react';
import { t } from '../../shared/t';

/** A prediction by its id, as a service, a log or a colleague tells it. */
export const PredictionSearch = ({ onSearch }: { readonly onSearch: (id: string) => void }) => {
  const [id, setId] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (id.trim() !== '') onSearch(id.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack wrap="wrap" gap={1} alignItems="flex-end">
        <Field label={t('explain.search.label', 'Prediction by its id')} noMargin>
          <Input
            id="prediction-id"
            width={40}
            maxLength={512}
            value={id}
            placeholder={t('explain.search.hint', 'ml.prediction.id, or trace:span:index')}
            onChange={({ currentTarget }) => {
              setId(currentTarget.value);
            }}
          />
        </Field>
        <Button type="submit" disabled={id.trim() === ''}>
          {t('explain.search.submit', 'Explain')}
        </Button>
      </Stack>
    </form>
  );
};
