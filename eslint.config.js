import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const onlyConfigReadsTheEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only config.ts reads the environment.',
};
const timeIsPassedIn = [
  "MemberExpression[object.name='Date'][property.name='now']",
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.name='Date']",
].map((selector) => ({ selector, message: 'Time is passed in: take `now` from whoever calls.' }));
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };
const noChainedHead = {
  selector: "MemberExpression[object.type='CallExpression'][object.callee.property.name='writeHead']",
  message: 'Where restify is loaded, writeHead returns nothing: call end() in a statement of its own.',
};
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a string union.' };

export default tseslint.config(
  { ignores: ['node_modules', 'data', 'coverage'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', 250],
      'no-console': 'error',
      'no-restricted-syntax': ['error', onlyConfigReadsTheEnvironment, noDefaultExport, noEnum, noChainedHead],
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/start/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        onlyConfigReadsTheEnvironment,
        noDefaultExport,
        noEnum,
        noChainedHead,
        ...timeIsPassedIn,
      ],
    },
  },
  {
    files: ['src/config.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnum, noChainedHead, ...timeIsPassedIn] },
  },
  {
    files: ['simulator/main.ts', 'simulator/*/main.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnum, noChainedHead] },
  },
  { files: ['simulator/main.ts', 'simulator/*/main.ts', 'scripts/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines': ['error', 300], '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', exports: 'writable', module: 'writable' },
    },
  },
  {
    files: ['simulator/teams/page/**/*.js'],
    languageOptions: {
      globals: {
        document: 'readonly',
        window: 'readonly',
        fetch: 'readonly',
        EventSource: 'readonly',
        URLSearchParams: 'readonly',
        location: 'readonly',
        history: 'readonly',
        AdaptiveCards: 'readonly',
        markdownit: 'readonly',
        setTimeout: 'readonly',
        console: 'readonly',
      },
    },
  },
);
