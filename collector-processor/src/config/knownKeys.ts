import { z } from 'zod';

/** The schema inside defaults, nullables and pre- and post-processing. */
const unwrap = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) {
    return unwrap(schema.out instanceof z.ZodTransform ? schema.in : schema.out);
  }
  return schema;
};

/** The path of every key that a schema of nested objects knows, sections included; `[]` stands for any list item. */
export const knownKeys = (schema: z.core.$ZodType, prefix = ''): readonly string[] => {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return knownKeys(inner.element, `${prefix}[]`);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape).flatMap(([key, value]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return [path, ...knownKeys(value as z.core.$ZodType, path)];
  });
};
