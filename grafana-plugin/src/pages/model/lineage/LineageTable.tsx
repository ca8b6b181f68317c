import type { LineageGraphData } from '../../../charts/lineageLayout';
import { type Column, DataTable } from '../../../shared/DataTable';
import { UNKNOWN } from '../../../shared/format';
import { t } from '../../../shared/t';
import { lineageLines, type LineageLine } from './lineageRows';
import { layerText } from './lineageTexts';

const columns = (): readonly Column<LineageLine>[] => [
  {
    ...{ key: 'layer', heading: t('modelLineage.column.layer', 'Part') },
    cell: ({ layer }) => layerText(layer),
  },
  {
    ...{ key: 'name', names: true, heading: t('modelLineage.column.name', 'Name') },
    cell: ({ node }) => node.label,
  },
  {
    ...{ key: 'note', heading: t('modelLineage.column.note', 'What is known of it') },
    cell: ({ node }) => node.note,
  },
  {
    ...{ key: 'from', heading: t('modelLineage.column.from', 'Comes from') },
    cell: ({ from }) => [...new Set(from)].join(', ') || UNKNOWN,
  },
  {
    ...{ key: 'to', heading: t('modelLineage.column.to', 'Goes to') },
    cell: ({ to }) => [...new Set(to)].join(', ') || UNKNOWN,
  },
];

/** The graph in words: all of it, also what the picture has no room for. */
export const LineageTable = ({ graph }: { readonly graph: LineageGraphData }) => (
  <DataTable
    caption={t('modelLineage.caption', 'Data, features, versions and services of the model')}
    columns={columns()}
    items={lineageLines(graph)}
    keyOf={({ node }) => node.id}
  />
);
