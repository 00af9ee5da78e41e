import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { DailyRunbook } from '../../lib/foundation/constructs/daily-runbook';
import { ACCOUNT, decide, policiesOf, REGION, type Arns } from '../support/iam';
import { jsonOf, resourcesOfType, testApp, type TemplateJson } from '../support/synthesize';
import {
  ASSUME_ROLE,
  DISPATCH_ROLE,
  IN_THE_PAGE,
  OWNED_BY_AWS,
  RUNBOOK_PERMISSIONS,
} from './fixtures/automation-pages';

const RUNBOOK = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';
const GROUP = `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/sg-0123456789abcdef0`;
const RUNBOOK_ROLE = `arn:aws:iam::${ACCOUNT}:role/runbook`;
const ARNS: Arns = { RunbookRole: RUNBOOK_ROLE };

function runbook(waitSeconds?: number): TemplateJson {
  const stack = new Stack(testApp(), 'Test', { env: { region: REGION } });
  const slow = new CfnResource(stack, 'Slow', { type: 'AWS::EC2::NatGateway' });
  const daily = new DailyRunbook(stack, 'Runbook', {
    runbook: RUNBOOK,
    description: 'Closes a group',
    parameters: { GroupId: ['sg-0123456789abcdef0'] },
    statements: [
      new PolicyStatement({
        actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
        resources: [GROUP],
      }),
      new PolicyStatement({ actions: ['ec2:DescribeSecurityGroups'], resources: ['*'] }),
    ],
    because: 'it only reads',
    ...(waitSeconds === undefined ? {} : { waitSeconds }),
  });
  daily.runAfter(slow);
  return jsonOf(stack);
}

let json: TemplateJson;

beforeAll(() => {
  json = runbook();
});

/** What a page says, of this account, region, runbook and role. A document of AWS has no account in its ARN. */
function here(arn: string): string {
  return arn
    .replace(IN_THE_PAGE.role, RUNBOOK_ROLE)
    .replace(IN_THE_PAGE.runbook, RUNBOOK)
    .replace(`:${IN_THE_PAGE.region}:`, `:${REGION}:`)
    .replace(`:${IN_THE_PAGE.account}:`, `:${ACCOUNT}:`)
    .replace(/^(arn:aws:ssm:[^:]+):\*:/, `$1:${OWNED_BY_AWS.account}:`)
    .replace(/automation-execution\/\*$/, 'automation-execution/6d7b1e0a-1111-2222-3333-444455556666');
}

async function allows(logicalId: string, action: string, resource: string, context = {}): Promise<boolean> {
  return (await decide(policiesOf(json, logicalId, ARNS), { action, resource, context })) === 'Allowed';
}

describe('the role that State Manager starts it under', () => {
  test.each(DISPATCH_ROLE.startAutomationExecution.map(here))('may start it: %s', async (arn) => {
    expect(await allows('RunbookDailyPolicy', 'ssm:StartAutomationExecution', arn)).toBe(true);
  });

  test("may pass on the runbook's role, to Systems Manager only", async () => {
    const { resource, context } = DISPATCH_ROLE.passRole;
    expect(await allows('RunbookDailyPolicy', 'iam:PassRole', here(resource), context)).toBe(true);
    const elsewhere = { 'iam:PassedToService': 'ec2.amazonaws.com' };
    expect(await allows('RunbookDailyPolicy', 'iam:PassRole', here(resource), elsewhere)).toBe(false);
    expect(await allows('RunbookDailyPolicy', 'iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/admin`, context)).toBe(
      false,
    );
  });

  test.each<[string, string]>([
    ['ssm:StartAutomationExecution', `arn:aws:ssm:${REGION}::document/AWS-RunShellScript`],
    ['ssm:StartAutomationExecution', `arn:aws:ssm:${REGION}:${ACCOUNT}:document/${RUNBOOK}`],
    ['ssm:SendCommand', `arn:aws:ssm:${REGION}:${ACCOUNT}:document/any`],
    ['ec2:RevokeSecurityGroupIngress', GROUP],
  ])('may not %s on %s', async (action, arn) => {
    expect(await allows('RunbookDailyPolicy', action, arn)).toBe(false);
  });
});

describe('the role that it runs under', () => {
  test('may do what its page asks for', async () => {
    const resources: Record<string, readonly string[]> = {
      'ssm:StartAutomationExecution': DISPATCH_ROLE.startAutomationExecution.map(here),
      'ssm:GetAutomationExecution': DISPATCH_ROLE.startAutomationExecution
        .filter((arn) => arn.includes('execution/'))
        .map(here),
      'ec2:DescribeSecurityGroups': ['*'],
    };
    const refused: string[] = [];
    for (const action of RUNBOOK_PERMISSIONS[RUNBOOK].actions) {
      for (const resource of resources[action] ?? [GROUP]) {
        if (!(await allows('RunbookRole', action, resource))) refused.push(`${action} on ${resource}`);
      }
    }
    expect(refused).toEqual([]);
  });

  test('may not pass on a role, or do it to another group', async () => {
    expect(await allows('RunbookRole', 'iam:PassRole', RUNBOOK_ROLE)).toBe(false);
    expect(await allows('RunbookRole', 'ec2:RevokeSecurityGroupIngress', GROUP.replace('sg-0', 'sg-1'))).toBe(false);
  });
});

test('both trust what AWS has such roles trust: Systems Manager, for this account', () => {
  const trusts = resourcesOfType(json, 'AWS::IAM::Role').map(
    ([, { Properties }]) => Properties?.AssumeRolePolicyDocument,
  );
  const said = (page: { readonly trust: object }): unknown =>
    JSON.parse(JSON.stringify(page.trust).replace(`"${IN_THE_PAGE.account}"`, '{"Ref":"AWS::AccountId"}'));
  expect(trusts).toEqual([said(ASSUME_ROLE), said(DISPATCH_ROLE)]);
});

describe('the association', () => {
  const association = (of: TemplateJson): Record<string, unknown> => ({
    ...resourcesOfType(of, 'AWS::SSM::Association')[0]?.[1],
  });

  test('runs it at once and every day, each under its role', () => {
    expect(association(json).Properties).toEqual({
      Name: RUNBOOK,
      AssociationDispatchAssumeRole: { 'Fn::GetAtt': [expect.stringMatching(/^RunbookDailyRole/), 'Arn'] },
      Parameters: {
        AutomationAssumeRole: [{ 'Fn::GetAtt': [expect.stringMatching(/^RunbookRole/), 'Arn'] }],
        GroupId: ['sg-0123456789abcdef0'],
      },
      ScheduleExpression: 'rate(1 day)',
    });
  });

  test('comes after the permissions and after what is slow: a run that finds no role is tried again a day later', () => {
    expect(association(json).DependsOn).toEqual([expect.stringMatching(/^RunbookDailyPolicy/), 'Slow']);
    // The roles do not wait: they are to be old by then.
    for (const [, role] of resourcesOfType(json, 'AWS::IAM::Role')) expect(role).not.toHaveProperty('DependsOn');
  });

  test('is waited for only where asked', () => {
    expect(association(runbook(600)).Properties).toMatchObject({ WaitForSuccessTimeoutSeconds: 600 });
  });
});
