/** @jest-environment node */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textsInCode } from '../../build/textsInCode.mjs';

const LANGUAGES = ['en-US', 'de-DE', 'es-ES', 'fr-FR'];

const flatten = (value: unknown, path: string): readonly (readonly [string, string])[] =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([key, child]) => flatten(child, `${path}.${key}`));

const textsOf = (language: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(join(__dirname, language))
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => {
        const content: unknown = JSON.parse(readFileSync(join(__dirname, language, name), 'utf8'));
        return flatten(content, name.replace('.json', ''));
      }),
  );

const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();

const { texts, bad } = textsInCode(join(__dirname, '..'));

describe('texts', () => {
  it('are written out where they are used, and the same key says the same everywhere', () => {
    expect(bad).toEqual([]);
    expect(texts.size).toBeGreaterThan(50);
  });

  it('stand in en-US as in the code', () => {
    expect(Object.fromEntries(textsOf('en-US'))).toEqual(Object.fromEntries(texts));
  });

  it.each(LANGUAGES)('are all there in %s, with the same values to put in', (language) => {
    const translated = textsOf(language);
    expect([...translated.keys()].sort()).toEqual([...texts.keys()].sort());
    for (const [key, english] of texts) {
      expect([key, placeholders(translated.get(key) ?? '')]).toEqual([key, placeholders(english)]);
      expect([key, translated.get(key)?.trim()]).not.toEqual([key, '']);
    }
  });

  it('are listed in the index of every language that Grafana may load', () => {
    const manifest = JSON.parse(readFileSync(join(__dirname, '../plugin.json'), 'utf8')) as {
      readonly languages: readonly string[];
    };
    expect(manifest.languages).toEqual(LANGUAGES);
    for (const language of LANGUAGES.filter((name) => name !== 'en-US')) {
      const folder = join(__dirname, language);
      const index = readFileSync(join(folder, 'index.ts'), 'utf8');
      for (const name of readdirSync(folder).filter((file) => file.endsWith('.json')))
        expect(index).toContain(`'./${name}'`);
    }
  });
});
