import type { z } from 'zod';
import type { configSchema } from './schema';

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** The checked configuration; frozen all the way down. */
export type Config = DeepReadonly<z.output<typeof configSchema>>;
