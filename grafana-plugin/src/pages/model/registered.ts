import { type Row, textOf } from '../../queries/rowsOf';
import type { ModelVersion } from './modelIdentity';

export interface Registered {
  readonly stage: string;
  readonly owner: string;
  readonly team: string;
  readonly description: string;
  /** Of `http` and `https` only: anyone who may write the registry wrote them. */
  readonly links: readonly { readonly name: string; readonly url: string }[];
}

const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url);

const linksIn = (row: Row): Registered['links'] => {
  const text = textOf(row, 'links_json');
  const links: unknown = text === '' ? {} : JSON.parse(text);
  return Object.entries(links as Record<string, string>)
    .filter(([, url]) => isWebAddress(url))
    .map(([name, url]) => ({ name, url }));
};

/** What the header says: a version's own word before its model's, and that before what telemetry tells. */
export const registeredOf = (
  rows: readonly Row[],
  newest: ModelVersion | undefined,
): Registered => {
  const said = ['', newest?.version ?? '']
    .map((version) => rows.find((row) => textOf(row, 'version') === version) ?? {})
    .reverse();
  const first = (column: string): string =>
    said.map((row) => textOf(row, column)).find((text) => text !== '') ?? '';
  const links = new Map(
    [...said]
      .reverse()
      .flatMap(linksIn)
      .map((link) => [link.name, link] as const),
  );
  return {
    stage: (newest?.stage ?? '') || first('stage'),
    owner: first('owner') || (newest?.owner ?? ''),
    team: first('team') || (newest?.team ?? ''),
    description: first('description'),
    links: [...links.values()],
  };
};
