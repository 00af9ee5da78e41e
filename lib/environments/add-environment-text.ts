import type { AddedEnvironment, EnvironmentRequest } from './add-environment';

/** What was done, what to look at, and what to do next. */
export function showAdded({ name, from }: EnvironmentRequest, { written, mentions }: AddedEnvironment): string {
  const file = `lib/environments/${name}.ts`;
  return [
    `Added ${name}: all of ${from}, with a name and a VPC block of its own. Written:`,
    ...written.map((path) => `  ${path}`),
    ...(mentions.length === 0 ? [] : ['', `Lines that still name ${from}:`]),
    ...mentions.map(({ line, text }) => `  ${file}:${line}: ${text}`),
    '',
    'Next:',
    `  edit ${file} where ${name} is to differ (then: npm test -- -u, and read what changed)`,
    '  npm run synth',
    '  npm test',
    '  commit all of it',
  ].join('\n');
}
