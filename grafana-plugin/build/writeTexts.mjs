#!/usr/bin/env node
// `npm run texts -w grafana-plugin`: writes the English texts of the code to src/locales/en-US, drops what the code no longer says from the
// other languages, and lists what is still to be translated there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { textsInCode } from './textsInCode.mjs';

const source = join(dirname(fileURLToPath(import.meta.url)), '../src');
const LANGUAGES = ['en-US', 'de-DE', 'es-ES', 'fr-FR'];

const flatten = (value, path = '') =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value).flatMap(([key, child]) =>
        flatten(child, path === '' ? key : `${path}.${key}`),
      );

const nest = (entries) => {
  const root = {};
  for (const [path, text] of entries) {
    const names = path.split('.');
    const last = names.pop();
    let place = root;
    for (const name of names) place = place[name] ??= {};
    place[last] = text;
  }
  return root;
};

const { texts, bad } = textsInCode(source);
for (const use of bad) console.error(`Not readable: ${use}`);
if (bad.length > 0) process.exitCode = 1;

const files = [...new Set([...texts.keys()].map((key) => key.split('.')[0]))];
for (const language of LANGUAGES)
  for (const file of files) {
    const path = join(source, 'locales', language, `${file}.json`);
    const old = new Map(existsSync(path) ? flatten(JSON.parse(readFileSync(path, 'utf8'))) : []);
    const wanted = [...texts].filter(([key]) => key.startsWith(`${file}.`)).sort();
    const kept = wanted.flatMap(([key, english]) => {
      const name = key.slice(file.length + 1);
      const text = language === 'en-US' ? english : old.get(name);
      if (text === undefined) console.log(`${language} ${key}: ${english}`);
      return text === undefined ? [] : [[name, text]];
    });
    writeFileSync(path, `${JSON.stringify(nest(kept), null, 2)}\n`);
  }
