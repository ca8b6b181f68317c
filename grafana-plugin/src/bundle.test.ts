/** @jest-environment node */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const KIB = 1024;
const output = mkdtempSync(join(tmpdir(), 'plumbline-plugin-'));
const read = (...path: string[]) => readFileSync(join(output, ...path));

beforeAll(() => {
  execFileSync(process.execPath, [join(__dirname, '../build/build.mjs'), '--output', output]);
});

afterAll(() => {
  rmSync(output, { recursive: true, force: true });
});

describe('the build', () => {
  it('has an entry below 40 kB, compressed, and panels below 10', () => {
    expect(gzipSync(read('module.js')).length).toBeLessThan(40 * KIB);
    for (const name of readdirSync(join(output, 'panels')))
      expect(gzipSync(read('panels', name, 'module.js')).length).toBeLessThan(10 * KIB);
  });

  it('keeps pages and Scenes out of the entry', () => {
    const entry = read('module.js').toString();
    for (const text of ['fleet-row', 'SceneAppPage', 'state-failed', 'InteractiveTable'])
      expect(entry).not.toContain(text);
    const chunks = readdirSync(join(output, 'chunks')).map((name) =>
      read('chunks', name).toString(),
    );
    expect(chunks.filter((chunk) => chunk.includes('fleet-row'))).toHaveLength(1);
  });

  it('is AMD, needs nothing that Grafana 12.4 does not share, and awaits nothing at the top', () => {
    const shared =
      /^(@emotion\/(css|react)|@grafana\/(data|runtime|ui)|d3|i18next|jquery|lodash|module|moment|prismjs|react|react-dom|react-redux|react-router|react\/jsx-runtime|redux|rxjs|rxjs\/operators)$/;
    for (const path of [
      'module.js',
      ...readdirSync(join(output, 'panels')).map((name) => `panels/${name}/module.js`),
    ]) {
      const [, list = '[]'] = /^define\((\[[^\]]*\])/.exec(read(path).toString()) ?? [];
      const names = JSON.parse(list) as readonly string[];
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(name).toMatch(shared);
      expect(read(path).toString()).not.toMatch(/define\(\[[^\]]*\],async/);
    }
  });

  it('has every text of a language in the file that Grafana loads', () => {
    for (const language of ['en-US', 'de-DE', 'es-ES', 'fr-FR']) {
      const texts = JSON.parse(
        read('locales', language, 'plumbline-modelhealth-app.json').toString(),
      ) as { readonly fleet: { readonly caption: string } };
      expect(texts.fleet.caption).toMatch(/^Mod/);
    }
  });

  it('is stamped with version and day', () => {
    for (const path of ['plugin.json', 'panels/models/plugin.json']) {
      const text = read(path).toString();
      expect(text).toMatch(/"version": "\d+\.\d+\.\d+"/);
      expect(text).not.toMatch(/%(VERSION|TODAY)%/);
    }
  });
});
