import { z } from 'zod';

/**
 * One mapping of the configuration file: unknown keys are errors, a missing mapping is all defaults. So is an empty one
 * (`receive:` with every line below it commented out), which YAML reads as null.
 */
export const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => value ?? {}, z.strictObject(shape));
