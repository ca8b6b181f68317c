import js from '@eslint/js';
import { importX, createNodeResolver } from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { pluginRules } from './grafana-plugin/build/lint.mjs';

/**
 * The rooms of collector-processor/src and what each may import besides itself and `core`.
 * docs/architecture.md shows the same table; `service.ts` and `main.ts` alone know all rooms.
 */
const rooms = {
  core: [],
  config: [],
  telemetry: [],
  otlp: [],
  embedded: [],
  receive: ['otlp', 'telemetry'],
  normalize: ['otlp', 'schemas'],
  stats: [],
  enrich: ['otlp', 'schemas'],
  store: ['otlp', 'schemas', 'telemetry'],
  forward: ['otlp', 'telemetry'],
  signals: ['otlp'],
  monitor: ['stats', 'store', 'schemas', 'telemetry'],
  backfill: ['otlp', 'store', 'schemas', 'monitor'],
  api: ['stats', 'monitor', 'store', 'schemas', 'telemetry'],
  demo: ['schemas'],
  cli: ['*'],
};
const root = 'collector-processor/src';
const zones = Object.entries(rooms)
  .filter(([, allowed]) => !allowed.includes('*'))
  .map(([room, allowed]) => ({
    target: `./${root}/${room}`,
    from: `./${root}`,
    except: [...new Set([room, 'core', ...allowed])].map((name) => `./${name}`),
    message: `${room}/ may import only from core${allowed.map((name) => `, ${name}`).join('')}`,
  }));

export default defineConfig(
  { ignores: ['**/dist/**', '**/node_modules/**', 'coverage/**'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './schemas/tsconfig.json',
          './collector-processor/tsconfig.json',
          './dashboards/tsconfig.json',
          './test/tsconfig.json',
          './test/browser/tsconfig.json',
          './grafana-plugin/e2e/tsconfig.json',
          './tsconfig.tests.json',
          './grafana-plugin/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] }),
      ],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false }],
      'max-lines-per-function': ['error', { max: 70 }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what a module exports.' },
      ],
      // Without the packages: reading all of Grafana's would take minutes.
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Indexed reads of typed arrays are checked by bounds the compiler cannot see.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  pluginRules,
  {
    files: ['**/*.test.{ts,tsx}', 'test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'no-console': 'off' },
  },
  {
    // Only the process entry points may talk to the terminal and end the process.
    files: [
      'collector-processor/src/cli/**',
      'collector-processor/src/main.ts',
      'collector-processor/src/demo/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // Grafana 12.4 imports dashboards of the classic schema only, which the SDK calls deprecated.
    files: ['dashboards/src/**'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    // The browser host offers plugins what Grafana's core offers, deprecated parts too.
    files: ['test/browser/host/**'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: globals.node },
  },
);
