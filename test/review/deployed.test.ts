import * as sdk from '@aws-sdk/client-cloudformation';
import {
  DescribeStackResourceCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import type { Assembly } from '../../lib/review/assembly';
import { compareAssemblies } from '../../lib/review/compare';
import { readDeployed, type CloudFormation, type Deployed } from '../../lib/review/deployed';
import { assemblyOf } from './support/assemblies';

const topic = (DisplayName: string): Record<string, unknown> => ({
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName } } },
});

/** Answers by the name of the command; what is not there does not exist. */
function stub(answers: Record<string, unknown>): CloudFormation {
  const send = (command: unknown): Promise<unknown> => {
    const kind = [
      GetTemplateCommand,
      DescribeStacksCommand,
      DescribeStackResourceCommand,
      DescribeStackResourceDriftsCommand,
    ].find((each) => command instanceof each);
    const answer = answers[kind?.name ?? ''];
    if (answer instanceof Error) return Promise.reject(answer);
    if (answer === undefined) return Promise.reject(failure('ValidationError', 'Stack with id app does not exist'));
    return Promise.resolve(answer);
  };
  return { sdk, client: { send } };
}

function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function deployed(head: Assembly, answers: Record<string, unknown>): Promise<Deployed> {
  return readDeployed(head, () => stub(answers));
}

const IN_SYNC = { Stacks: [{ DriftInformation: { StackDriftStatus: 'IN_SYNC' } }] };

test('compares with the template as it was submitted', async () => {
  const { base, head, remarks } = await deployed(assemblyOf(topic('new')), {
    GetTemplateCommand: { TemplateBody: JSON.stringify(topic('old')) },
    DescribeStacksCommand: IN_SYNC,
  });
  expect(remarks).toEqual([]);
  expect(compareAssemblies(base, head).findings).toMatchObject([
    { change: 'update', details: [{ path: 'DisplayName', before: 'old', after: 'new' }] },
  ]);
});

test('characters that CloudFormation shows as question marks are no change', async () => {
  const { base, head } = await deployed(assemblyOf(topic('礎')), {
    GetTemplateCommand: { TemplateBody: JSON.stringify(topic('?')) },
    DescribeStacksCommand: IN_SYNC,
  });
  expect(compareAssemblies(base, head).findings).toEqual([]);
});

test('a stack that is not deployed is added', async () => {
  const { base, head } = await deployed(assemblyOf(topic('x')), {});
  expect(compareAssemblies(base, head).findings).toMatchObject([{ change: 'stack-add' }]);
});

test('a template that the CDK did not make is not compared, and said so', async () => {
  const { base, head, remarks } = await deployed(assemblyOf(topic('x')), {
    GetTemplateCommand: { TemplateBody: 'Resources:\n  Topic:' },
    DescribeStacksCommand: IN_SYNC,
  });
  expect(remarks).toEqual([expect.stringContaining('not JSON')]);
  expect(compareAssemblies(base, head).findings).toEqual([]);
});

test('termination protection as it is', async () => {
  const { base } = await deployed(assemblyOf(topic('x')), {
    GetTemplateCommand: { TemplateBody: JSON.stringify(topic('x')) },
    DescribeStacksCommand: { Stacks: [{ ...IN_SYNC.Stacks[0], EnableTerminationProtection: true }] },
  });
  expect(base.stacks[0]?.terminationProtection).toBe(true);
});

test.each<[string, object | undefined, RegExp]>([
  ['was never looked for', undefined, /nobody looked for drift/],
  [
    'was found',
    { StackDriftStatus: 'DRIFTED', LastCheckTimestamp: new Date('2026-11-20') },
    /drifted \(looked at on 2026-11-20\): `Topic` modified/,
  ],
])('drift that %s', async (_what, DriftInformation, expected) => {
  const { remarks } = await deployed(assemblyOf(topic('x')), {
    GetTemplateCommand: { TemplateBody: JSON.stringify(topic('x')) },
    DescribeStacksCommand: { Stacks: [{ DriftInformation }] },
    DescribeStackResourceDriftsCommand: {
      StackResourceDrifts: [{ LogicalResourceId: 'Topic', StackResourceDriftStatus: 'MODIFIED' }],
    },
  });
  expect(remarks).toEqual([expect.stringMatching(expected)]);
});

test.each([
  ['CredentialsProviderError', 'Could not load credentials from any providers', 'no valid AWS credentials'],
  ['ExpiredTokenException', 'expired', 'no valid AWS credentials'],
  ['AccessDenied', 'not authorized', 'not allowed to read stack app; needed: cloudformation:GetTemplate'],
  ['TimeoutError', 'socket hang up', 'stack app cannot be read (TimeoutError)'],
])('%s', async (name, message, expected) => {
  const call = deployed(assemblyOf(topic('x')), { GetTemplateCommand: failure(name, message) });
  await expect(call).rejects.toThrow(expected);
});
