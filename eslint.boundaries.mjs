import tseslint from 'typescript-eslint';

/** The thinking of each capability; it must stay usable, and testable, without the CDK. */
const pure = ['lib/**/*.ts'];
const usesCdk = [
  'lib/**/*-stack.ts',
  'lib/**/constructs/*.ts',
  'lib/environments/create-environment.ts',
  'lib/environments/build-app.ts',
];

/** Who may import what. Apart from the other rules, because it needs no types: its test takes a second instead of fifteen. */
export default tseslint.config(
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@typescript-eslint': tseslint.plugin },
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
                '^(\\.\\./)+(?!foundation/)(access|connect|delivery|environments|firewall|network|notices|operations|preflight|review|stream|transfer|web)/',
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
);
