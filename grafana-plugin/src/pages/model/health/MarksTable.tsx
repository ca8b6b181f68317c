import { formatTime, UNKNOWN } from '../../../shared/format';
import { t } from '../../../shared/t';
import { DataTable } from '../parts/DataTable';
import { type Mark, whatText } from './marks';

/** The marks of the charts as text: for those who cannot point at them, and for what does not fit beside a line. */
export const MarksTable = ({ marks }: { readonly marks: readonly Mark[] }) => (
  <DataTable
    caption={t('health.marks.title', 'What happened')}
    items={marks}
    keyOf={(mark) => JSON.stringify(mark)}
    columns={[
      {
        key: 'time',
        heading: t('health.marks.time', 'Time'),
        cell: ({ timeMs }) => formatTime(timeMs),
      },
      { key: 'what', heading: t('health.marks.what', 'What'), cell: whatText },
      {
        key: 'version',
        heading: t('model.version', 'Version'),
        cell: ({ version }) => version || UNKNOWN,
      },
      { key: 'text', heading: t('health.marks.text', 'Details'), cell: ({ text }) => text },
      {
        key: 'actor',
        heading: t('health.marks.actor', 'By'),
        cell: ({ actor }) => actor || UNKNOWN,
      },
    ]}
  />
);
