import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { Tone } from '../shared/status';
import { t } from '../shared/t';
import { useChartColors } from './chartColors';
import { ChartFrame } from './ChartFrame';
import {
  BOX_HEIGHT,
  lineageLayout,
  type LineageGraphData,
  type PlacedNode,
  withRest,
} from './lineageLayout';

interface Props {
  readonly label: string;
  readonly graph: LineageGraphData;
  /** What the layers are called, by their number. */
  readonly headings: readonly string[];
  /** Nodes of a layer that are drawn. */
  readonly limit?: number;
}

/** Narrower than this the boxes could not be read: the picture scrolls then. */
const NARROWEST = 660;
/** The width of a letter at the size of the labels, in pixels, rather too wide than too narrow. */
const LETTER = 7.2;
const SMALL_LETTER = 6;

const cut = (text: string, pixels: number, letter: number): string => {
  const room = Math.max(2, Math.floor(pixels / letter));
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
};

const Box = ({ node, color }: { readonly node: PlacedNode; readonly color: string }) => {
  const colors = useChartColors();
  const { x, y, width, label, note } = node;
  const alone = note === '';
  return (
    <g transform={`translate(${x}, ${y})`}>
      <title>{alone ? label : `${label}: ${note}`}</title>
      <rect width={width} height={BOX_HEIGHT} rx={3} fill={colors.box} stroke={colors.axis} />
      <rect width={4} height={BOX_HEIGHT} rx={2} fill={color} />
      <text x={12} y={alone ? 24 : 17} fontSize={13} fill={colors.strongText}>
        {cut(label, width - 18, LETTER)}
      </text>
      {!alone && (
        <text x={12} y={32} fontSize={11} fill={colors.text}>
          {cut(note, width - 18, SMALL_LETTER)}
        </text>
      )}
    </g>
  );
};

/** What depends on what, from left to right. A table beside it should say the same for those who cannot see it. */
export const LineageGraph = ({ label, graph, headings, limit = 12 }: Props) => {
  const styles = useStyles2(getStyles);
  const colors = useChartColors();
  const shown = withRest(graph, limit, (count) => t('charts.more', '{{count}} more', { count }));
  const tones: Readonly<Record<Tone, string>> = { ...colors, unknown: colors.axis };
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <div className={styles.picture}>
        <ChartFrame label={label} height={lineageLayout(shown, NARROWEST).height}>
          {(width) => {
            const { nodes, edges, columns } = lineageLayout(shown, width);
            return (
              <>
                {columns.map(({ layer, x }) => (
                  <text key={layer} x={x} y={14} fontSize={12} fill={colors.text}>
                    {headings[layer]}
                  </text>
                ))}
                {edges.map(({ from, to, path }) => (
                  <path
                    key={`${from} ${to}`}
                    d={path}
                    fill="none"
                    stroke={colors.axis}
                    strokeWidth={1.5}
                  />
                ))}
                {nodes.map((node) => (
                  <Box key={node.id} node={node} color={tones[node.tone]} />
                ))}
              </>
            );
          }}
        </ChartFrame>
      </div>
    </div>
  );
};

const getStyles = () => ({
  scroll: css({ overflowX: 'auto', maxWidth: '100%' }),
  picture: css({ minWidth: NARROWEST, padding: '2px 2px 2px 0' }),
});
