import { compareAssemblies } from '../../lib/review/compare';
import { findingsOf, assemblyOf } from './support/assemblies';

type Json = Record<string, unknown>;

/** `danger certainty` of every finding that is dangerous. */
function dangersOf(before: Json, after: Json): string[] {
  const { findings } = compareAssemblies(assemblyOf(before), assemblyOf(after));
  return findings.filter(({ danger }) => danger !== 'none').map(({ danger, certainty }) => `${danger} ${certainty}`);
}

const resource = (Type: string, Properties: Json, more: Json = {}): Json => ({ Type, Properties, ...more });
const lookUp = { 'Fn::FindInMap': ['M', 'a', 'n'] };
const allow = (Action: unknown, more: Json = {}): Json => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: unknown): Json => ({ Effect: 'Deny', Action, Resource: '*' });
const group = (CidrIp: unknown): Json =>
  resource('AWS::EC2::SecurityGroup', {
    GroupDescription: 'g',
    SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp }],
    SecurityGroupEgress: [],
  });
const policy = (Statement: unknown, more: Json = {}): Json =>
  resource('AWS::IAM::Policy', { PolicyName: 'p', PolicyDocument: { Statement }, Roles: ['r'] }, more);
const logs = (RetentionInDays: unknown): Json => resource('AWS::Logs::LogGroup', { RetentionInDays });
const mapping = (n: unknown): Json => ({ M: { a: { n } } });
const test1 = (one: unknown, other: unknown): Json => ({ C: { 'Fn::Equals': [one, other] } });
const chosen = { 'Fn::If': ['C', '0.0.0.0/0', '10.0.0.0/8'] };

describe('what is said elsewhere in the template', () => {
  test.each<[string, Json, Json, string[]]>([
    [
      'a mapping opens a group',
      { Mappings: mapping('10.0.0.0/8'), Resources: { G: group(lookUp) } },
      { Mappings: mapping('0.0.0.0/0'), Resources: { G: group(lookUp) } },
      ['broadening will'],
    ],
    [
      'a mapping closes a group',
      { Mappings: mapping('0.0.0.0/0'), Resources: { G: group(lookUp) } },
      { Mappings: mapping('10.0.0.0/8'), Resources: { G: group(lookUp) } },
      [],
    ],
    [
      'a mapping permits more',
      { Mappings: mapping('s3:GetObject'), Resources: { P: policy([allow(lookUp)]) } },
      { Mappings: mapping('*'), Resources: { P: policy([allow(lookUp)]) } },
      ['broadening will'],
    ],
    [
      'a mapping shortens retention',
      { Mappings: mapping(365), Resources: { L: logs(lookUp) } },
      { Mappings: mapping(1), Resources: { L: logs(lookUp) } },
      ['data-loss will'],
    ],
    [
      'a mapping by region may shorten retention',
      { Mappings: mapping(365), Resources: { L: logs({ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'n'] }) } },
      { Mappings: mapping(1), Resources: { L: logs({ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'n'] }) } },
      ['data-loss may'],
    ],
    [
      'a mapping whose name is a parameter may open a group',
      { Mappings: mapping('10.0.0.0/8'), Resources: { G: group({ 'Fn::FindInMap': [{ Ref: 'P' }, 'a', 'n'] }) } },
      { Mappings: mapping('0.0.0.0/0'), Resources: { G: group({ 'Fn::FindInMap': [{ Ref: 'P' }, 'a', 'n'] }) } },
      ['broadening may'],
    ],
    [
      'a condition becomes true',
      { Conditions: test1('a', 'b'), Resources: { G: group(chosen) } },
      { Conditions: test1('a', 'a'), Resources: { G: group(chosen) } },
      ['broadening will'],
    ],
    [
      'a default opens a group',
      { Parameters: { P: { Type: 'String', Default: '10.0.0.0/8' } }, Resources: { G: group({ Ref: 'P' }) } },
      { Parameters: { P: { Type: 'String', Default: '0.0.0.0/0' } }, Resources: { G: group({ Ref: 'P' }) } },
      ['broadening may'],
    ],
    [
      'a default closes a group',
      { Parameters: { P: { Type: 'String', Default: '0.0.0.0/0' } }, Resources: { G: group({ Ref: 'P' }) } },
      { Parameters: { P: { Type: 'String', Default: '10.0.0.0/8' } }, Resources: { G: group({ Ref: 'P' }) } },
      [],
    ],
    [
      'a default shortens retention',
      { Parameters: { P: { Type: 'Number', Default: 365 } }, Resources: { L: logs({ Ref: 'P' }) } },
      { Parameters: { P: { Type: 'Number', Default: 1 } }, Resources: { L: logs({ Ref: 'P' }) } },
      ['data-loss may'],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(dangersOf(before, after)).toEqual(expected);
  });
});

describe('the condition of a resource', () => {
  const open = { Conditions: test1({ Ref: 'AWS::Region' }, 'x') };
  const C = { Condition: 'C' };
  const permits = (more: Json): Json => ({ ...open, Resources: { P: policy([allow('*')], more) } });
  const denies = (more: Json): Json => ({ ...open, Resources: { P: policy([deny('iam:*')], more) } });
  const lets = (more: Json): Json => ({
    ...open,
    Resources: {
      I: resource('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-1', IpProtocol: '-1', CidrIp: '0.0.0.0/0' }, more),
    },
  });
  test.each<[string, Json, Json, boolean]>([
    ['a policy loses it', permits(C), permits({}), true],
    ['a policy keeps it', permits(C), permits(C), false],
    ['a denial gets it', denies({}), denies(C), true],
    ['a denial loses it', denies(C), denies({}), false],
    ['a rule loses it', lets(C), lets({}), true],
    ['it becomes always true', permits(C), { ...permits(C), Conditions: test1('a', 'a') }, true],
  ])('%s', (_what, before, after, expected) => {
    expect(dangersOf(before, after).includes('broadening will')).toBe(expected);
  });
});

describe('statements under Fn::If', () => {
  const denial = { 'Fn::If': ['C', deny('iam:*'), { Ref: 'AWS::NoValue' }] };
  const Conditions = test1({ Ref: 'AWS::Region' }, 'x');
  test.each<[string, Json[], Json[], string[]]>([
    ['a denial goes', [allow('*'), denial], [allow('*')], ['broadening will']],
    ['a denial comes', [allow('*')], [allow('*'), denial], []],
    ['what cannot be read goes', [allow('*'), { 'Fn::Transform': 'x' }], [allow('*')], ['broadening will']],
  ])('%s', (_what, before, after, expected) => {
    const of = (statements: Json[]): Json => ({ Conditions, Resources: { P: policy(statements) } });
    expect(dangersOf(of(before), of(after))).toEqual(expected);
  });
});

describe('doors of every kind', () => {
  const document = (Action: string): Json => ({ Statement: [allow(Action)] });
  const both = (Type: string, before: Json, after: Json): [string, Json, Json] => [
    Type,
    { R: resource(Type, before) },
    { R: resource(Type, after) },
  ];
  const holding = (Type: string, property: string): [string, Json, Json] =>
    both(Type, { [property]: document('a:b') }, { [property]: document('*') });
  test.each<[string, Json, Json]>([
    holding('AWS::IoT::Policy', 'PolicyDocument'),
    holding('AWS::ECR::RegistryPolicy', 'PolicyText'),
    holding('AWS::ECR::PublicRepository', 'RepositoryPolicyText'),
    holding('AWS::VpcLattice::AuthPolicy', 'Policy'),
    holding('AWS::S3::MultiRegionAccessPointPolicy', 'Policy'),
    holding('AWS::S3ObjectLambda::AccessPointPolicy', 'PolicyDocument'),
    holding('AWS::SSM::ResourcePolicy', 'Policy'),
    holding('AWS::XRay::ResourcePolicy', 'PolicyDocument'),
    holding('AWS::Organizations::ResourcePolicy', 'Content'),
    holding('Some::New::Type', 'AnyName'),
    both(
      'AWS::XRay::ResourcePolicy',
      { PolicyDocument: JSON.stringify(document('a:b')) },
      { PolicyDocument: JSON.stringify(document('*')) },
    ),
    both(
      'AWS::DynamoDB::GlobalTable',
      { Replicas: [{ Region: 'x', ResourcePolicy: { PolicyDocument: document('a:b') } }] },
      { Replicas: [{ Region: 'x', ResourcePolicy: { PolicyDocument: document('*') } }] },
    ),
    both('AWS::IAM::User', { Groups: ['Readers'] }, { Groups: ['Readers', 'Admins'] }),
    both('AWS::Lambda::Function', { Role: 'arn:r' }, { Role: 'arn:admin' }),
    both('AWS::RDS::DBInstance', { VPCSecurityGroups: ['sg-1'] }, { VPCSecurityGroups: ['sg-2'] }),
    both('AWS::EC2::PrefixList', { Entries: [{ Cidr: '10.0.0.0/8' }] }, { Entries: [{ Cidr: '0.0.0.0/0' }] }),
    both('AWS::RAM::ResourceShare', { Principals: ['1'] }, { Principals: ['1', '2'] }),
    both('AWS::EC2::VPCEndpointServicePermissions', { AllowedPrincipals: ['a'] }, { AllowedPrincipals: ['*'] }),
    both('AWS::Cognito::IdentityPoolRoleAttachment', { Roles: { a: 'r' } }, { Roles: { a: 'admin' } }),
    both('AWS::RolesAnywhere::Profile', { RoleArns: ['r'] }, { RoleArns: ['r', 'admin'] }),
    both('AWS::EKS::AccessEntry', { PrincipalArn: 'a' }, { PrincipalArn: 'b' }),
    both('AWS::Lambda::LayerVersionPermission', { Principal: '1' }, { Principal: '*' }),
    both('AWS::SSO::Assignment', { PermissionSetArn: 'ro' }, { PermissionSetArn: 'admin' }),
    both('AWS::ACMPCA::Permission', { Principal: 'a' }, { Principal: 'b' }),
    both('AWS::Serverless::Function', { Policies: [] }, { Policies: ['AdministratorAccess'] }),
    both('AWS::IAM::Role', { PermissionsBoundary: 'strict' }, { PermissionsBoundary: 'AdministratorAccess' }),
    [
      'AWS::IAM::UserToGroupAddition, new',
      {},
      { R: resource('AWS::IAM::UserToGroupAddition', { GroupName: 'Admins', Users: ['eve'] }) },
    ],
  ])('%s', (_type, before, after) => {
    const security = findingsOf(before, after).filter(({ category }) => category === 'security');
    expect(security).toMatchObject([{ danger: 'broadening' }]);
    const back = findingsOf(after, after).filter(({ category }) => category === 'security');
    expect(back).toEqual([]);
  });

  test('a smaller block of a prefix list', () => {
    const of = (Cidr: string): Json => ({ R: resource('AWS::EC2::PrefixList', { Entries: [{ Cidr }] }) });
    expect(findingsOf(of('10.0.0.0/8'), of('10.1.0.0/16')).map(({ danger }) => danger)).not.toContain('broadening');
  });
});

describe('what goes', () => {
  const bucket = (more: Json = {}): Json => ({ B: resource('AWS::S3::Bucket', {}, more) });
  const enforced = {
    P: resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'B' }, PolicyDocument: { Statement: [deny('s3:*')] } }),
  };
  test.each<[string, Json, Json, boolean]>([
    ['a bucket with its denials', { ...bucket(), ...enforced }, {}, false],
    ['the denials of a bucket', { ...bucket(), ...enforced }, bucket(), true],
    ['the denials of a bucket that stays', { ...bucket({ DeletionPolicy: 'Retain' }), ...enforced }, {}, true],
  ])('%s', (_what, before, after, expected) => {
    expect(findingsOf(before, after).some(({ danger }) => danger === 'broadening')).toBe(expected);
  });
});

test('a stack that is made anew elsewhere permits anew', () => {
  const role = resource('AWS::IAM::Role', {
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] },
  });
  const base = assemblyOf({ Resources: {} });
  const head = assemblyOf({ Resources: { R: role } });
  const moved = { ...head, stacks: head.stacks.map((stack) => ({ ...stack, stackName: 'other' })) };
  expect(compareAssemblies(base, moved).findings).toContainEqual(
    expect.objectContaining({ change: 'iam', danger: 'broadening', logicalId: 'R' }),
  );
});

test('an inline policy that becomes a managed one permits the same', () => {
  const role = (more: Json): Json => resource('AWS::IAM::Role', { AssumeRolePolicyDocument: {}, ...more });
  const PolicyDocument = { Statement: [allow('s3:GetObject')] };
  const inline = { R: role({ Policies: [{ PolicyName: 'p', PolicyDocument }] }) };
  const managed = resource('AWS::IAM::ManagedPolicy', { PolicyDocument });
  const attached = { R: role({ ManagedPolicyArns: [{ Ref: 'M' }] }), M: managed };
  expect(findingsOf(inline, attached).map(({ danger }) => danger)).not.toContain('broadening');
  expect(findingsOf({ R: role({}) }, attached).map(({ danger }) => danger)).toContain('broadening');
});

test('the trust policy of a new role does not take long', () => {
  const Principal = { Service: `${'Service:'.repeat(36)}S!` };
  const role = resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] },
  });
  const start = Date.now();
  findingsOf({}, { R: role });
  expect(Date.now() - start).toBeLessThan(2_000);
});
