/** Jest's settings: units stand beside their source, the rest in test/; the Grafana app runs in a document. */
const parser = (syntax) => ({
  jsc: {
    target: 'es2022',
    parser: { syntax, [syntax === 'typescript' ? 'tsx' : 'jsx']: true },
    transform: { react: { runtime: 'automatic' } },
  },
  module: { type: 'commonjs' },
});

const sources = {
  '^@plumbline/schemas$': '<rootDir>/schemas/src/index.ts',
  '^@plumbline/schemas/(queries|rules)$': '<rootDir>/schemas/src/$1/index.ts',
};

const service = {
  displayName: 'service',
  testEnvironment: 'node',
  roots: ['<rootDir>/schemas/src', '<rootDir>/collector-processor/src', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
  moduleNameMapper: sources,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  testTimeout: 60_000,
};

/** What the packages of Grafana import and Node cannot: ES modules without another form. */
const ES_MODULES = [
  '@grafana/schema',
  '@react-hookz',
  '@ver0',
  '@wojtekmaj',
  'color-[a-z]+',
  'd3(-[a-z-]+)?',
  'delaunator',
  'earcut',
  'geotiff',
  'get-user-locale',
  'internmap',
  'marked(-[a-z]+)?',
  'memoize',
  'mimic-function',
  'ol',
  'pbf',
  'quickselect',
  'rbush',
  'react-calendar',
  'react-colorful',
  'robust-predicates',
  'rxjs',
  'uuid',
  'uwrap',
];

const plugin = {
  displayName: 'plugin',
  testEnvironment: 'jsdom',
  roots: ['<rootDir>/grafana-plugin/src'],
  testMatch: ['**/*.test.{ts,tsx}'],
  moduleNameMapper: { ...sources, '\\.css$': '<rootDir>/grafana-plugin/build/noStyles.js' },
  setupFiles: ['<rootDir>/grafana-plugin/build/jestSetup.js'],
  transform: {
    '^.+\\.tsx?$': ['@swc/jest', parser('typescript')],
    '^.+\\.m?jsx?$': ['@swc/jest', parser('ecmascript')],
  },
  transformIgnorePatterns: [`node_modules/(?!(.*/)?(${ES_MODULES.join('|')})/)`],
  testTimeout: 60_000,
};

module.exports = { projects: [service, plugin], maxWorkers: 2 };
