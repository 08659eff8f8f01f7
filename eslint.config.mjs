import nxPlugin from '@nx/eslint-plugin';
import devkit from '@nx/devkit';
import tseslint from 'typescript-eslint';
import { dependencyRules } from './test/boundaries/dependency-rules.mjs';
import { houseRules } from './test/boundaries/house-rules.mjs';

// Without a graph @nx/enforce-module-boundaries skips itself and lint would pass: so there is no lint without one.
try {
  devkit.readCachedProjectGraph();
} catch (cause) {
  throw new Error('No project graph, and the boundary rules need one: node test/boundaries/build-graph.mjs', {
    cause,
  });
}

const CODE = ['**/*.ts', '**/*.tsx', '**/*.mjs'];
const PRODUCT = ['apps/*/{src,bin}/**', 'libs/*/src/**', 'migrations/src/**'];
const TESTS = ['**/*.{spec,db-spec,e2e-spec,bench}.{ts,tsx}', '**/{bench,testing}/**'];

const NO_ENVIRONMENT = 'Configuration is one validated schema: read it through @lorekeep/kit/config.';
const environment = {
  'no-restricted-properties': ['error', { object: 'process', property: 'env', message: NO_ENVIRONMENT }],
};
const environmentImport = { name: 'node:process', importNames: ['env'], message: NO_ENVIRONMENT };
const testingImport = {
  name: '@lorekeep/kit/testing',
  message: 'Only specs and benches may use the test kit.',
};
const restrictedImports = (...paths) => ({ 'no-restricted-imports': ['error', { paths }] });

const wideConstructor = {
  selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>5]',
  message: 'One verb per class: a constructor takes at most five parameters.',
};

/** The schema comes from migrations alone, in tests too. */
const synchronized = [
  'ObjectExpression > Property[key.name="synchronize"]:not([value.value=false])',
  'CallExpression[callee.property.name="synchronize"]',
].map((selector) => ({
  selector,
  message: 'The schema comes from migrations alone: synchronize is banned.',
}));

const mistakes = Object.fromEntries(
  [
    'no-async-promise-executor',
    'no-cond-assign',
    'no-constant-binary-expression',
    'no-control-regex',
    'no-debugger',
    'no-dupe-else-if',
    'no-empty',
    'no-empty-character-class',
    'no-eval',
    'no-fallthrough',
    'no-implied-eval',
    'no-irregular-whitespace',
    'no-loss-of-precision',
    'no-misleading-character-class',
    'no-new-func',
    'no-self-assign',
    'no-self-compare',
    'no-sparse-arrays',
    'no-template-curly-in-string',
    'no-unmodified-loop-condition',
    'no-unsafe-finally',
    'no-unsafe-optional-chaining',
    'no-useless-catch',
    'no-var',
    'prefer-const',
    'require-yield',
  ].map((rule) => [rule, 'error']),
);

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '.nx/**',
      '.lorekeep/**',
      'coverage/**',
      'apps/web/public/**',
      // Each of them is linted, and rejected, by test/boundaries/boundaries.spec.ts.
      'test/boundaries/violations/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  {
    files: CODE,
    plugins: { '@nx': nxPlugin, '@typescript-eslint': tseslint.plugin, house: houseRules },
    languageOptions: { parser: tseslint.parser, ecmaVersion: 'latest', sourceType: 'module' },
    rules: {
      '@nx/enforce-module-boundaries': ['error', dependencyRules],
      'house/suppression-reason': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', minimumDescriptionLength: 10 },
      ],
      '@typescript-eslint/no-require-imports': 'error',
      ...mistakes,
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'start' }],
      'no-restricted-syntax': ['error', ...synchronized],
      'max-lines': ['error', { max: 300 }],
    },
  },
  {
    files: PRODUCT,
    ignores: TESTS,
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      ...environment,
      ...restrictedImports(environmentImport, testingImport),
      'no-restricted-syntax': ['error', ...synchronized, wideConstructor],
    },
  },
  // Markup is counted too, and reads worse when it is cut into pieces for their length alone.
  {
    files: ['apps/web/src/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 100, skipComments: true }] },
  },
  // Specs and benches start the test servers that lie outside of every project.
  {
    files: TESTS,
    rules: {
      '@nx/enforce-module-boundaries': ['error', { ...dependencyRules, allow: ['^(\\.\\./)+test/support/'] }],
    },
  },
  // A promise that nobody waits for is an error that nobody sees. Needs types, so only where it pays.
  {
    files: ['apps/{cli,engine,gateway,worker}/src/**/*.ts', 'libs/*/src/**/*.ts'],
    ignores: TESTS,
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },
  // The two places where the environment is read, and the scripts that run before there is anything to import.
  {
    files: ['libs/kit/src/config/**', 'apps/cli/{src,bin}/**'],
    ignores: TESTS,
    rules: { 'no-restricted-properties': 'off', ...restrictedImports(testingImport) },
  },
  { files: ['apps/cli/bin/**'], rules: { 'no-console': 'off' } },
  // Black box: what an end-to-end test knows of the product is its doors.
  {
    files: ['test/e2e/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^@lorekeep/(?!kit/testing$)|/(apps|libs|migrations)/',
              message: 'End-to-end tests know the product by its doors only.',
            },
          ],
        },
      ],
    },
  },
);
