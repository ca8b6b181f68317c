import { z } from 'zod';

/** What a version of a model is called; the same texts as in telemetry. */
export const modelKey = {
  environment: z.string().max(256).default(''),
  model: z.string().min(1).max(512),
  version: z.string().max(256).default(''),
};

/** A version of a model. */
export interface ModelKey {
  readonly environment: string;
  readonly model: string;
  readonly version: string;
}

/** A condition on the columns that every table and view begins with; for `readRows` with the key among the parameters. */
export const OF_VERSION = `tenant = {tenant: String} AND environment = {environment: String} AND model = {model: String}
  AND version = {version: String}`;
