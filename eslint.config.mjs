import eslint from '@eslint/js';
import awscdk from 'eslint-plugin-awscdk';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** The thinking of each capability; it must stay usable, and testable, without the CDK. */
const pure = ['lib/**/*.ts'];
const usesCdk = [
  'lib/**/*-stack.ts',
  'lib/**/constructs/*.ts',
  'lib/environments/create-environment.ts',
  'lib/environments/build-app.ts',
];

export default tseslint.config(
  { ignores: ['cdk.out/', 'coverage/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked, awscdk.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // A construct registers itself with its scope: `new X(this, …)` without an assignment is the CDK's idiom.
      'no-new': 'off',
    },
  },
  {
    files: pure,
    ignores: usesCdk,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(aws-cdk-lib|constructs|cdk-nag)(/|$)|/constructs/|-stack$',
              message: 'Pure modules know no constructs.',
            },
          ],
        },
      ],
    },
  },
  {
    // A capability uses what stands under all of them, and no other capability; only lib/environments knows them all.
    files: ['lib/**/*.ts'],
    ignores: ['lib/environments/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex:
                '^(\\.\\./)+(?!foundation/)(access|connect|delivery|environments|firewall|network|operations|review|stream|transfer|web)/',
              message: 'Folders do not import each other: pass what is needed as props.',
            },
            { group: ['@cloud-copilot/*'], message: 'AGPL: for tests only (docs/adr/0008).' },
          ],
        },
      ],
    },
  },
  {
    // AGPL: for tests only, so that nothing under it is shipped (docs/adr/0008).
    files: ['bin/**/*.ts', 'lib/environments/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['@cloud-copilot/*'] }] },
  },
  { files: ['jest.config.js'], languageOptions: { globals: { module: 'writable' } } },
  prettier,
);
