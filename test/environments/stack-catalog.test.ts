import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { environments } from '../../lib/environments';
import { createEnvironment } from '../../lib/environments/create-environment';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { stackCatalog, type CatalogStack } from '../../lib/environments/stack-catalog';
import { validateEnvironments } from '../../lib/environments/validate';
import { testApp } from '../support/synthesize';

const [first, ...others] = environments as [EnvironmentInput, ...EnvironmentInput[]];
const { access, delivery } = first;

const VARIANTS: readonly [string, EnvironmentInput][] = [
  ...[first, ...others].map((input): [string, EnvironmentInput] => [input.name, input]),
  ['a managed instance', { ...first, access: access && { ...access, managedInstance: true } }],
  ['no stream', { ...first, stream: undefined }],
  [
    'a network alone',
    { ...first, access: undefined, stream: undefined, firewall: undefined, web: undefined, delivery: undefined },
  ],
  [
    'a pipeline in another account',
    { ...first, account: '111111111111', delivery: delivery && { ...delivery, targetAccount: '222222222222' } },
  ],
];

test.each(VARIANTS)('%s: the stacks, what each depends on and where it goes are those of the assembly', (_, input) => {
  const [environment] = validateEnvironments([input]);
  if (environment === undefined) throw new Error('validation answered no environment');
  const app = testApp();
  createEnvironment(app, environment);
  expect(byName(stackCatalog(environment))).toEqual(byName(app.synth().stacks.map(described)));
});

type CatalogLike = Omit<CatalogStack, 'kind'> & { readonly kind: string | undefined };

function described({ stackName, environment, dependencies }: CloudFormationStackArtifact): CatalogLike {
  return {
    kind: stackName.split('-').at(-1),
    name: stackName,
    account: environment.account === 'unknown-account' ? undefined : environment.account,
    dependsOn: dependencies
      .filter(({ id }) => !id.endsWith('.assets'))
      .map(({ id }) => id)
      .sort(),
  };
}

function byName(stacks: readonly CatalogLike[]): CatalogLike[] {
  return stacks
    .map((stack) => ({ ...stack, dependsOn: [...stack.dependsOn].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
