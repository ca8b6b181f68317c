import { parse } from 'yaml';
import { messageOf } from '../core/errors';
import { formatPath } from './formatPath';

/** Where `${env:NAME}` and `${file:PATH}` are looked up. */
export interface ReferenceSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Throws when the file cannot be read. */
  readonly readFile: (path: string) => string;
}

export interface Resolved {
  readonly value: unknown;
  /**
   * The exact text behind each value that is one single reference, by path. Such a value is read as YAML would read it
   * (`8123` is a number); where the key wants text after all, this text is it.
   */
  readonly texts: ReadonlyMap<string, string>;
  /** References that lead nowhere, with the path of the value that holds them. */
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
}

const REFERENCE = /\$\$|\$\{([^}]*)\}/g;
const ENV = /^env:([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s;

/** A scalar as YAML reads it; anything else (text, a mapping, an alias) stays the text it is. */
const scalarOf = (text: string): unknown => {
  try {
    const value: unknown = parse(text);
    return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : text;
  } catch {
    return text;
  }
};

/**
 * Replaces `${env:NAME}`, `${env:NAME:-default}` and `${file:PATH}` inside the values of a parsed YAML document, as the
 * OpenTelemetry Collector writes them; `$$` is a plain `$`. What a reference yields is not searched for references.
 * The last line break of a file is dropped: editors and secret mounts add one.
 */
export const resolveReferences = (document: unknown, sources: ReferenceSources): Resolved => {
  const texts = new Map<string, string>();
  const problems: { path: string; reason: string }[] = [];

  const lookUp = (reference: string, path: readonly PropertyKey[]): string => {
    const fail = (reason: string): string => {
      problems.push({ path: formatPath(path), reason });
      return '';
    };
    const env = ENV.exec(reference);
    if (env) {
      const [, name = '', fallback] = env;
      return sources.env[name] ?? fallback ?? fail(`environment variable ${name} is not set`);
    }
    if (!reference.startsWith('file:')) {
      return fail(
        `\${${reference}} is not a reference: write \${env:NAME}, \${env:NAME:-default} or \${file:PATH}, or $$ for a plain $`,
      );
    }
    try {
      return sources.readFile(reference.slice('file:'.length)).replace(/\r?\n$/, '');
    } catch (error) {
      return fail(`\${${reference}}: ${messageOf(error)}`);
    }
  };

  const resolveText = (written: string, path: readonly PropertyKey[]): unknown => {
    const whole = /^\$\{([^}]*)\}$/.exec(written);
    if (!whole) {
      return written.replace(REFERENCE, (match, reference: string | undefined) =>
        match === '$$' ? '$' : lookUp(reference ?? '', path),
      );
    }
    const text = lookUp(whole[1]!, path);
    texts.set(formatPath(path), text);
    return scalarOf(text);
  };

  const resolve = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof value === 'string') return resolveText(value, path);
    if (Array.isArray(value)) return value.map((item, index) => resolve(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolve(item, [...path, key])]),
    );
  };

  return { value: resolve(document, []), texts, problems };
};
