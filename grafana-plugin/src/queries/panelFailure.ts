import { LoadingState, type PanelData } from '@grafana/data';

/**
 * Why the query of a panel failed; undefined: it did not. Empty where nobody said why: Grafana lists no errors when a proxy in
 * between answered in its place, and that is a failure too.
 */
export const panelFailure = ({
  state,
  errors = [],
}: Pick<PanelData, 'state' | 'errors'>): string | undefined => {
  if (state !== LoadingState.Error && errors.length === 0) return undefined;
  const told = errors.map(({ message, data }) => message ?? data?.message ?? '');
  return [...new Set(told)].filter((text) => text !== '').join('\n');
};
