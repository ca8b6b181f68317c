import { quoteText } from '../quoteText';

/** A model's version: what is evaluated at a time. */
export interface ModelVersion {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version: string;
}

export const UNIT = 'tenant, environment, model, version';

/** A key for maps; texts may hold anything, so they are quoted. */
export const keyOf = (...texts: readonly string[]): string => JSON.stringify(texts);

export const unitKey = ({ tenant, environment, model, version }: ModelVersion): string =>
  keyOf(tenant, environment, model, version);

/** As `unitKey`, of all versions of a model. */
export const modelKey = (unit: Omit<ModelVersion, 'version'>): string =>
  unitKey({ ...unit, version: '' });

/** A condition on rows of these versions, which the primary key can use. */
export const unitsIn = (units: readonly ModelVersion[]): string =>
  `(${UNIT}) IN (${units
    .map(
      ({ tenant, environment, model, version }) =>
        `(${[tenant, environment, model, version].map(quoteText).join(', ')})`,
    )
    .join(', ')})`;
