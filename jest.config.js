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

const plugin = {
  displayName: 'plugin',
  testEnvironment: 'jsdom',
  roots: ['<rootDir>/grafana-plugin/src'],
  testMatch: ['**/*.test.{ts,tsx}'],
  moduleNameMapper: sources,
  setupFiles: ['<rootDir>/grafana-plugin/build/jestSetup.js'],
  transform: {
    '^.+\\.tsx?$': ['@swc/jest', parser('typescript')],
    '^.+\\.m?jsx?$': ['@swc/jest', parser('ecmascript')],
  },
  // Most packages of Grafana, and what they import, are ES modules only.
  transformIgnorePatterns: [],
  testTimeout: 60_000,
};

module.exports = { projects: [service, plugin], maxWorkers: 2 };
