import { css } from '@emotion/css';
import { RadioButtonGroup, Stack } from '@grafana/ui';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { CompareView } from './CompareView';
import { DriftView } from './DriftView';

const DEFAULTS = { view: 'baseline' };

/** Drift as the monitor decided it hour by hour, or any two ranges, versions or segments beside each other. */
const DriftTab = () => {
  const [{ view }, setState] = useUrlState(DEFAULTS);
  const compares = view === 'compare';
  return (
    <Stack direction="column" gap={2}>
      <RadioButtonGroup
        className={css({ alignSelf: 'flex-start' })}
        aria-label={t('drift.view.label', 'What is compared')}
        options={[
          { label: t('drift.view.baseline', 'Against the baseline'), value: 'baseline' },
          { label: t('drift.view.compare', 'Compare any two'), value: 'compare' },
        ]}
        value={compares ? 'compare' : 'baseline'}
        onChange={(next: string) => {
          setState({ view: next });
        }}
      />
      {compares ? <CompareView /> : <DriftView />}
    </Stack>
  );
};

export default DriftTab;
