import eslint from '@eslint/js';
import awscdk from 'eslint-plugin-awscdk';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import boundaries from './eslint.boundaries.mjs';

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
  ...boundaries,
  { files: ['jest.config.js'], languageOptions: { globals: { module: 'writable' } } },
  {
    // The sample application's page: a browser runs it.
    files: ['lib/web/app/public/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: { document: 'readonly', fetch: 'readonly', FormData: 'readonly' },
    },
  },
  prettier,
);
