// Three sizes (DESIGN.md): small = no I/O, beside the code; db = real Postgres; e2e = black box over HTTP.
const base = {
  // Inside the checkout, like everything else that a run leaves behind.
  cacheDirectory: '<rootDir>/.lorekeep/jest-cache',
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/test/support/second-try.mjs'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['lorekeep-source', 'node', 'node-addons'] },
  transform: {
    '^.+\\.tsx?$': [
      '<rootDir>/test/support/transform.mjs',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true, tsx: false },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.lorekeep/', '<rootDir>/.nx/'],
};
const database = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export default {
  // A machine may be slow, and stand still at times: what a test waits for has a limit of its own.
  testTimeout: 240_000,
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  projects: [
    {
      ...base,
      displayName: 'small',
      testMatch: [
        '<rootDir>/{apps,libs,migrations}/**/src/**/*.spec.ts',
        '<rootDir>/libs/*/bench/**/*.spec.ts',
        '<rootDir>/test/{boundaries,support}/**/*.spec.ts',
      ],
    },
    {
      ...base,
      ...database,
      displayName: 'db',
      testMatch: ['<rootDir>/{apps,libs,migrations,test}/**/*.db-spec.ts'],
    },
    { ...base, ...database, displayName: 'e2e', testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'] },
  ],
};
