import { TextLink } from '@grafana/ui';
import { EXAMPLES_LIMIT, violationExamplesSql } from '@plumbline/schemas/queries';
import { QueryView } from '../../../queries/QueryView';
import { numberOf, type Row, rowsOf, textOf } from '../../../queries/rowsOf';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { formatCount, formatMs, formatTime, UNKNOWN } from '../../../shared/format';
import { modelParameters, pageUrl } from '../../../shared/links';
import { t } from '../../../shared/t';
import { useModel, useModelScope } from '../ModelContext';
import { DataTable, type TableColumn } from '../parts/DataTable';
import { Section } from '../parts/Section';

/** The traces tab of the same model on one trace: viewers cannot open Explore, so that the app has its own waterfall. */
const TraceLink = ({ row }: { readonly row: Row }) => {
  const { identity } = useModel();
  const trace = textOf(row, 'trace_id');
  const time = formatTime(numberOf(row, 'time_ms'));
  if (trace === '') return time;
  const href = pageUrl('model', { ...modelParameters(identity), trace }, 'traces');
  return <TextLink href={href}>{time}</TextLink>;
};

const columns = (): readonly TableColumn<Row>[] => [
  {
    key: 'time',
    heading: t('quality.example.trace', 'Trace of'),
    cell: (row) => <TraceLink row={row} />,
  },
  {
    key: 'service',
    heading: t('quality.example.service', 'Service'),
    cell: (row) => textOf(row, 'service') || UNKNOWN,
  },
  {
    key: 'version',
    heading: t('model.version', 'Version'),
    cell: (row) => textOf(row, 'version') || UNKNOWN,
  },
  {
    key: 'latency',
    heading: t('quality.example.latency', 'Latency'),
    cell: (row) => formatMs(numberOf(row, 'latency_ms')),
    isNumber: true,
  },
  {
    key: 'all',
    heading: t('quality.example.all', 'All that it broke'),
    cell: (row) => (
      <span style={{ overflowWrap: 'anywhere' }}>{textOf(row, 'all_violations')}</span>
    ),
  },
];

/** The newest rows that broke one thing. */
export const ViolationExamples = (props: {
  readonly title: string;
  readonly violation: string;
}) => {
  const scope = useModelScope();
  const { query, retry } = useSceneQuery(violationExamplesSql(scope, props.violation));
  return (
    <Section
      title={props.title}
      description={t('quality.example.text', 'The newest rows, at most {{count}}.', {
        count: formatCount(EXAMPLES_LIMIT),
      })}
    >
      <QueryView query={query} onRetry={retry}>
        {(frames) => (
          <DataTable
            caption={props.title}
            items={rowsOf(frames)}
            keyOf={(row) => textOf(row, 'inference_id')}
            columns={columns()}
          />
        )}
      </QueryView>
    </Section>
  );
};
