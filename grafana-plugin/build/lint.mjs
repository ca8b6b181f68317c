import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import reactHooks from 'eslint-plugin-react-hooks';
import { MISSING_IN_12_4 } from './missingNames.mjs';

const root = 'grafana-plugin/src';
const here = join(dirname(fileURLToPath(import.meta.url)), '../src');

/**
 * The rooms of grafana-plugin/src and what each may import besides itself. A page or panel imports no other page or panel:
 * what two of them need belongs in a room above them.
 */
const rooms = {
  shared: ['locales'],
  states: ['shared'],
  charts: ['shared'],
  queries: ['shared', 'states'],
  api: ['shared', 'states'],
  alerting: ['shared', 'queries', 'api'],
  scenes: ['shared', 'states', 'queries'],
  extensions: ['shared', 'states', 'queries'],
};
const belowPages = ['shared', 'states', 'charts', 'queries', 'api', 'alerting', 'scenes'];

const foldersIn = (room) =>
  readdirSync(join(here, room), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${room}/${entry.name}`);

const zone = (target, allowed) => ({
  target: `./${root}/${target}`,
  from: `./${root}`,
  except: [target, ...allowed].map((name) => `./${name}`),
  message: `${target}/ may import only from ${allowed.join(', ') || 'itself'}`,
});

const zones = [
  ...Object.entries(rooms).map(([room, allowed]) => zone(room, allowed)),
  ...[...foldersIn('pages'), ...foldersIn('panels')].map((room) => zone(room, belowPages)),
];

const restrictedImports = [
  ...Object.entries(MISSING_IN_12_4).map(([name, names]) => ({
    name,
    importNames: names.split(' '),
    message: 'Grafana 12.4 (React 18) does not have it.',
    allowTypeImports: true,
  })),
  {
    name: '@grafana/i18n',
    importNames: ['t'],
    message: 'Use t of shared/t: values stand there as they are, not escaped as HTML.',
  },
  { name: '@grafana/data/unstable', message: 'Not the same in all versions of Grafana.' },
  { name: '@grafana/ui/unstable', message: 'Not the same in all versions of Grafana.' },
  { name: '@grafana/runtime/unstable', message: 'Not the same in all versions of Grafana.' },
  { name: 'react-dom/client', message: 'Grafana does not share it.' },
];

const LETTER = '/[A-Za-z]/';
const TEXT_ATTRIBUTES =
  '/^(alt|aria-label|caption|content|description|header|label|message|placeholder|subTitle|text|title|tooltip)$/';
const literal = 'Every text that people read is translated: t() of shared/t, or <Trans>.';

const restrictedSyntax = [
  { selector: 'ExportAllDeclaration', message: 'Name what a module exports.' },
  {
    selector: `JSXText[value=${LETTER}]:not(JSXElement[openingElement.name.name="Trans"] JSXText)`,
    message: literal,
  },
  {
    selector: `JSXAttribute[name.name=${TEXT_ATTRIBUTES}] > Literal[value=${LETTER}]`,
    message: literal,
  },
  {
    selector: `JSXElement > JSXExpressionContainer > :matches(Literal[value=${LETTER}], TemplateLiteral:has(TemplateElement[value.raw=${LETTER}]))`,
    message: literal,
  },
  {
    selector:
      'ImportDeclaration[source.value=/^(@grafana.(data|runtime|ui)|react)$/] > ImportNamespaceSpecifier',
    message: 'Import by name, so that names which Grafana 12.4 lacks are found.',
  },
];

const app = {
  files: [`${root}/**/*.{ts,tsx}`],
  plugins: { 'react-hooks': reactHooks },
  rules: {
    ...reactHooks.configs.recommended.rules,
    'react-hooks/exhaustive-deps': 'error',
    'import-x/no-restricted-paths': ['error', { zones }],
    'no-restricted-syntax': ['error', ...restrictedSyntax],
    '@typescript-eslint/no-restricted-imports': ['error', { paths: restrictedImports }],
    // Handlers of events may be asynchronous: React ignores what they return.
    '@typescript-eslint/no-misused-promises': [
      'error',
      { checksVoidReturn: { attributes: false } },
    ],
  },
};

/** The one file that wraps `t`. */
const wrapper = {
  files: [`${root}/shared/t.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { paths: restrictedImports.filter(({ name }) => name !== '@grafana/i18n') },
    ],
  },
};

/** What holds for the Grafana app besides the rules of the repository. */
export const pluginRules = [app, wrapper];
