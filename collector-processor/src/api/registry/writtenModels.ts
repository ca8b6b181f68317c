import { z } from 'zod';
import { type Snapshot, versionEntry, type VersionRow } from './snapshot';

export const modelEntry = versionEntry
  .pick({
    ...{ environment: true, first_seen: true, last_seen: true, owner: true, team: true },
    ...{ model_type: true, provider: true, services: true, requests_24h: true, errors_24h: true },
  })
  .extend({
    model: z.string(),
    versions: z.array(z.string()),
    stages: z.record(z.string(), z.string()).meta({ description: 'stage by version' }),
  });
type ModelEntry = z.output<typeof modelEntry>;

/** A model or a version as JSON, with what answers are selected by. */
export interface Written {
  readonly environment: string;
  /** Lower case, for searching. */
  readonly name: string;
  readonly json: string;
}

export interface WrittenModels {
  /** The one seen last first. */
  readonly models: readonly Written[];
  /** By the name of their model; the one seen last first. */
  readonly versions: ReadonlyMap<string, readonly Written[]>;
}

/** The versions of a model as one; the first of them is the one seen last. */
function modelOf(rows: readonly VersionRow[]): ModelEntry {
  const [newest] = rows as readonly [VersionRow];
  const seen = rows.flatMap(({ first_seen }) => (first_seen === null ? [] : [first_seen]));
  const { environment, model, last_seen, owner, team, model_type, provider } = newest;
  return {
    ...{ environment, model, last_seen, owner, team, model_type, provider },
    first_seen: seen.toSorted()[0] ?? null,
    services: [...new Set(rows.flatMap(({ services }) => services))].toSorted(),
    requests_24h: rows.reduce((sum, { requests_24h }) => sum + requests_24h, 0),
    errors_24h: rows.reduce((sum, { errors_24h }) => sum + errors_24h, 0),
    versions: rows.map(({ version }) => version).toSorted(),
    stages: Object.fromEntries(
      rows.flatMap(({ version, stage }) => (stage === '' ? [] : [[version, stage]])),
    ),
  };
}

const groupedBy = (
  rows: readonly VersionRow[],
  keyOf: (row: VersionRow) => string,
): Map<string, VersionRow[]> => {
  const groups = new Map<string, VersionRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
};

const write = (row: VersionRow, json: object): Written => ({
  environment: row.environment,
  name: row.model.toLowerCase(),
  json: JSON.stringify(json),
});

function writeModels({ versions }: Snapshot): WrittenModels {
  const models = groupedBy(versions, ({ environment, model }) =>
    JSON.stringify([environment, model]),
  );
  const named = groupedBy(versions, ({ model }) => model);
  return {
    models: [...models.values()].map((rows) => write(rows[0]!, modelOf(rows))),
    versions: new Map(
      [...named].map(([name, rows]) => [
        name,
        rows.map(({ model: _model, ...row }) => write({ model: name, ...row }, row)),
      ]),
    ),
  };
}

const written = new WeakMap<Snapshot, WrittenModels>();

/** A snapshot as pieces of JSON: written once, however often it is asked for. */
export function writtenModels(snapshot: Snapshot): WrittenModels {
  const known = written.get(snapshot);
  if (known !== undefined) return known;
  const made = writeModels(snapshot);
  written.set(snapshot, made);
  return made;
}
