import { LineCounter, parseDocument } from 'yaml';
import { messageOf } from '../core/errors';
import type { Config } from './config';
import { deepFreeze } from './deepFreeze';
import { describeIssues } from './describeIssues';
import { formatPath } from './formatPath';
import { knownKeys } from './knownKeys';
import type { ReferenceSources, Resolved } from './resolveReferences';
import { resolveReferences } from './resolveReferences';
import { configSchema, SECRETS } from './schema';
import { tlsProblems } from './tlsProblems';

export interface ConfigSources extends ReferenceSources {
  /** The YAML file; without it every option has its default. */
  readonly path?: string;
}

/** A bad configuration is an expected result; `problems` has one line for each thing that is wrong, all at once. */
export type LoadedConfig =
  | { readonly status: 'ok'; readonly config: Config }
  | { readonly status: 'invalid'; readonly problems: readonly string[] };

type Parsed = { readonly document: unknown } | { readonly problems: readonly string[] };

const parseYaml = (path: string, readFile: ReferenceSources['readFile']): Parsed => {
  const lines = new LineCounter();
  try {
    // The library's pretty errors quote the offending line, which may hold a secret: only its position is told.
    const parsed = parseDocument(readFile(path), { prettyErrors: false, lineCounter: lines });
    if (parsed.errors.length === 0) return { document: parsed.toJS() as unknown };
    return {
      problems: parsed.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return `${path}:${line}:${col}: not valid YAML (${error.code})`;
      }),
    };
  } catch (error) {
    return { problems: [`${path}: ${messageOf(error)}`] };
  }
};

/** `value` with the item at `path` replaced; shares what did not change. */
const replacedAt = (value: unknown, path: readonly PropertyKey[], item: unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return item;
  if (Array.isArray(value)) {
    return value.map((old: unknown, index) => (index === step ? replacedAt(old, rest, item) : old));
  }
  const record = value as Record<PropertyKey, unknown>;
  return { ...record, [step]: replacedAt(record[step], rest, item) };
};

/** Checks; where a key wants text and a single reference looked like a number, its exact text is taken, as the Collector does. */
const check = ({ value, texts }: Resolved) => {
  const first = configSchema.safeParse(value);
  if (first.success) return first;
  let corrected = value;
  for (const issue of first.error.issues) {
    const text = texts.get(formatPath(issue.path));
    if (issue.code === 'invalid_type' && issue.expected === 'string' && text !== undefined) {
      corrected = replacedAt(corrected, issue.path, text);
    }
  }
  return corrected === value ? first : configSchema.safeParse(corrected);
};

/** Reads, resolves references, checks and freezes the configuration. Never throws and never logs. */
export const loadConfig = ({ path, env, readFile }: ConfigSources): LoadedConfig => {
  const parsed: Parsed = path === undefined ? { document: {} } : parseYaml(path, readFile);
  if ('problems' in parsed) return { status: 'invalid', problems: parsed.problems };
  const resolved = resolveReferences(parsed.document, { env, readFile });
  const checked = check(resolved);
  if (checked.success && resolved.problems.length === 0) {
    const problems = tlsProblems(checked.data, readFile);
    return problems.length === 0
      ? { status: 'ok', config: deepFreeze(checked.data) }
      : { status: 'invalid', problems };
  }
  const issues = checked.success ? [] : checked.error.issues;
  // A reference that could not be resolved is told once, not a second time as the empty value it left behind.
  const unresolved = new Set(resolved.problems.map((problem) => problem.path));
  const vocabulary = { knownKeys: knownKeys(configSchema), secrets: SECRETS };
  return {
    status: 'invalid',
    problems: [
      ...resolved.problems.map(({ path: key, reason }) => `${key}: ${reason}`),
      ...describeIssues(
        issues.filter((issue) => !unresolved.has(formatPath(issue.path))),
        parsed.document,
        vocabulary,
      ),
    ],
  };
};
