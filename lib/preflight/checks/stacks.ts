import type { AwsAccount, Stack, StackResource } from '../aws-account';
import { fails, ok, type Answer } from '../check-result';
import type { Expectations } from '../expectations';
import { deletion, STACK_STATUSES } from '../stack-status';
import { steps } from '../steps';
import type { Check } from './check';

/** Whether each stack can be deployed as it is: a failed creation, deletion or rollback must be dealt with first. */
export function stacksCheck({ region, stacks }: Expectations): Check {
  const names = stacks.map(({ name }) => name);
  return {
    name: 'stacks',
    asked: `can ${names.join(', ')} be created or updated?`,
    look: async (aws) => {
      const answers = await Promise.all(names.map((name) => lookAt(aws, name, region)));
      const found = answers.flatMap((answer) => (answer.found === '' ? [] : [answer.found])).join('; ');
      const remedies = answers.flatMap((answer) => (answer.status === 'fails' ? [answer.remedy] : []));
      if (remedies.length > 0) return fails(found, remedies.join('\n'));
      return ok(found || 'none is in the way of its next deployment');
    },
  };
}

/** Nothing is found of a stack that is not there, or ready. */
async function lookAt(aws: AwsAccount, name: string, region: string): Promise<Answer> {
  const stack = await aws.stack(name);
  if (stack === undefined) return ok('');
  const { status } = stack;
  const readiness = STACK_STATUSES[status];
  if (readiness === undefined) {
    return fails(`${name} is ${status}, which is not known here`, `look at ${name} in the console of CloudFormation`);
  }
  switch (readiness.kind) {
    case 'ready':
      return ok(readiness.note === undefined ? '' : `${name} is ${status}: it ${readiness.note}`);
    case 'busy':
      return fails(`${name} is ${status}`, `wait until ${name} is done, and ask again`);
    case 'stuck':
      return fails(
        `${name} is ${status}: ${readiness.note}`,
        steps(`${name}: ${readiness.remedy}`, [...readiness.commands(name, region), events(name, region)]),
      );
    case 'empty':
      return emptyStack(stack, readiness.note, name, region, leftBehind(await aws.stackResources(name)));
  }
}

/**
 * The CDK deletes such a stack before it creates it anew, but cannot delete a protected one. What a template retains has
 * outlived the rollback, and whatever has a fixed name is in the way of its successor (aws/serverless-application-model #1819).
 */
function emptyStack(stack: Stack, note: string, name: string, region: string, left: readonly StackResource[]): Answer {
  const found = `${name} is ${stack.status}: ${note}`;
  if (!stack.isProtected && left.length === 0) {
    return ok(`${found}; the deployment deletes it first (${deletion(name, region)})`);
  }
  const unprotect =
    `aws cloudformation update-termination-protection --region ${region} --no-enable-termination-protection ` +
    `--stack-name ${name}`;
  const reason = stack.isProtected
    ? `${name}: it is empty and protected; delete it, and deploy it again`
    : `${name}: it is empty; delete it, and deploy it again`;
  const remedy = steps(reason, [
    events(name, region),
    ...(stack.isProtected ? [unprotect] : []),
    deletion(name, region),
  ]);
  if (left.length === 0) return fails(`${found}, and it is protected`, remedy);
  const kept = left.map(({ type, physicalId }) => `${type} ${physicalId}`);
  return fails(
    `${found}; it left behind ${kept.join(', ')}`,
    [
      remedy,
      steps(
        `${name}: what it left behind keeps its name. Take it over with the next deployment, or delete it before ` +
          '(a key or a bucket with a generated name is in nobody’s way, and costs what it costs)',
        [
          `npm run deploy -- ${name} --no-preflight --import-existing-resources`,
          ...left.map((resource) => removal(resource, region)),
        ],
      ),
    ].join('\n'),
  );
}

/** How what a failed creation leaves behind is deleted, for what this repository retains. */
const REMOVALS: Readonly<Record<string, string>> = {
  'AWS::Logs::LogGroup': 'aws logs delete-log-group --log-group-name',
  'AWS::S3::Bucket': 'aws s3 rb --force s3://',
  'AWS::KMS::Key': 'aws kms schedule-key-deletion --key-id',
  'AWS::CodeCommit::Repository': 'aws codecommit delete-repository --repository-name',
  'AWS::SSM::Document': 'aws ssm delete-document --name',
};

function removal({ type, physicalId }: StackResource, region: string): string {
  const command = REMOVALS[type];
  if (command === undefined) return `(delete ${type} ${physicalId} in its service's console)`;
  return `${command}${command.endsWith('/') ? '' : ' '}${physicalId} --region ${region}`;
}

/** What a rollback passed over because the template retains it. */
function leftBehind(resources: readonly StackResource[]): readonly StackResource[] {
  return resources.filter(({ status, physicalId }) => status === 'DELETE_SKIPPED' && physicalId !== '');
}

function events(name: string, region: string): string {
  return `aws cloudformation describe-stack-events --region ${region} --stack-name ${name}   # why it failed`;
}
