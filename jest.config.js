/** One Jest project for the whole repository: units stand beside their source, the rest in test/. */
module.exports = {
  testEnvironment: 'node',
  roots: [
    '<rootDir>/schemas/src',
    '<rootDir>/collector-processor/src',
    '<rootDir>/dashboards/src',
    '<rootDir>/test',
  ],
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
  moduleNameMapper: {
    '^@plumbline/schemas$': '<rootDir>/schemas/src/index.ts',
    '^@plumbline/schemas/(queries|rules)$': '<rootDir>/schemas/src/$1/index.ts',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  testTimeout: 60_000,
  maxWorkers: 2,
};
