import type { DataFrame } from '@grafana/data';
import type { ReactNode } from 'react';
import { QueryView } from '../queries/QueryView';
import { Section } from '../shared/Section';
import { useSceneQuery } from './useSceneQuery';

interface Props {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** From a builder of @plumbline/schemas/queries, over the time range of the page. */
  readonly sql: string;
  /** What to show when there is no row, if not the general text. */
  readonly empty?: ReactNode;
  /** In pixels, while nothing is there yet. */
  readonly height?: number;
  /** Draws the answer; called only when there is at least one row. */
  readonly children: (frames: readonly DataFrame[]) => ReactNode;
}

/** A section of a `SceneBody` with what one statement answers, or what keeps it from doing so. */
export const QuerySection = ({ sql, empty, height = 160, children, ...section }: Props) => {
  const { query, retry } = useSceneQuery(sql);
  return (
    <Section {...section}>
      <QueryView query={query} empty={empty} height={height} onRetry={retry}>
        {children}
      </QueryView>
    </Section>
  );
};
