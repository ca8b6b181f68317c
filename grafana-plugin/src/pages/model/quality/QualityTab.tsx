import { Stack } from '@grafana/ui';
import { CheckedHours } from './CheckedHours';
import { RowViolations } from './RowViolations';

/** What rows broke when they came, with examples, and what the checks of whole hours found. */
const QualityTab = () => (
  <Stack direction="column" gap={2}>
    <RowViolations />
    <CheckedHours />
  </Stack>
);

export default QualityTab;
