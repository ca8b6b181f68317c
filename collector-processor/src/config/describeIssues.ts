import type { z } from 'zod';
import { formatPath } from './formatPath';
import { nearestKey } from './nearestKey';

/** What the messages may know of the schema. */
export interface Vocabulary {
  readonly knownKeys: readonly string[];
  /** Starts of paths whose values are never shown. */
  readonly secrets: readonly string[];
}

const valueAt = (document: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    document,
  );

/**
 * The value as the file has it, so that a reference shows as `${env:NAME}` and never as what is behind it. Only single
 * values are shown; where a whole section was expected, even those may be a misplaced secret.
 */
const shown = (issue: z.core.$ZodIssue, document: unknown, secrets: readonly string[]): string => {
  const path = formatPath(issue.path);
  const value = valueAt(document, issue.path);
  const expectsMore =
    issue.code === 'invalid_type' && ['object', 'array', 'record'].includes(issue.expected);
  if (value === undefined || (typeof value === 'object' && value !== null)) return path;
  if (expectsMore || secrets.some((secret) => path.startsWith(secret)))
    return `${path} (value not shown)`;
  return `${path}: ${JSON.stringify(value).replace(/\/\/[^/@\s]*@/, '//***@')}`;
};

/** One readable line for each thing that is wrong with a configuration. `document` is the file before references were resolved. */
export const describeIssues = (
  issues: readonly z.core.$ZodIssue[],
  document: unknown,
  { knownKeys, secrets }: Vocabulary,
): readonly string[] =>
  issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      const reason = issue.message.replace(/^Invalid (?:input|option): /, '');
      return `${shown(issue, document, secrets) || 'the file'}: ${reason}`;
    }
    return issue.keys.map((key) => {
      const path = formatPath([...issue.path, key]);
      const nearest = nearestKey(path.replaceAll(/\[\d+\]/g, '[]'), knownKeys);
      return `${path}: unknown key${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
    });
  });
