import fc from 'fast-check';
import type { Finding } from '../../lib/review/finding';
import { compareAssemblies } from '../../lib/review/compare';
import { assemblyOf, findingsOf } from './support/assemblies';

const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom({ Ref: 'R0' }, { 'Fn::GetAtt': ['R1', 'Arn'] }, { 'Fn::Sub': 'x-${R0}-${AWS::Region}' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const types = fc.constantFrom(
  'AWS::S3::Bucket',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::EC2::SecurityGroup',
  'AWS::WAFv2::WebACL',
  'AWS::CodePipeline::Pipeline',
  'AWS::Lambda::Permission',
  'AWS::EC2::VPCEndpoint',
  'Custom::Thing',
);

/** Names that mean something to the comparison, so that values land where it looks. */
const names = fc.constantFrom(
  'PolicyDocument',
  'Policies',
  'Roles',
  'AssumeRolePolicyDocument',
  'SecurityGroupIngress',
  'SecurityGroupEgress',
  'Rules',
  'Stages',
  'Tags',
  'BucketName',
  'LifecycleConfiguration',
  'Anything',
);

const resources = fc
  .array(fc.record({ Type: types, Properties: fc.dictionary(names, values, { maxKeys: 4 }) }), { maxLength: 5 })
  .map((list) => Object.fromEntries(list.map((resource, index) => [`R${index}`, resource])));

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

test('a template against itself reports nothing, whatever it holds', () => {
  fc.assert(
    fc.property(resources, (template) => {
      // Another text, so that it is compared.
      const [one, other] = [assemblyOf({ Resources: template }), assemblyOf({ Resources: template, Metadata: {} })];
      expect(compareAssemblies(one, other)).toMatchObject({ findings: [], prices: [] });
    }),
  );
});

test('the order of keys reports nothing', () => {
  fc.assert(
    fc.property(resources, (template) => {
      expect(findingsOf(template, reversed(template) as typeof template)).toEqual([]);
    }),
  );
});

test('any two templates can be compared, and always with the same result', () => {
  fc.assert(
    fc.property(resources, resources, (before, after) => {
      expect(findingsOf(before, after)).toEqual(findingsOf(before, reversed(after) as typeof after));
    }),
  );
});

const statements = fc.array(
  fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.array(fc.constantFrom('s3:GetObject', 's3:Get*', 's3:*', 'kms:Decrypt'), { minLength: 1, maxLength: 3 }),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::a/*', 'arn:aws:s3:::a/b'),
  }),
  { maxLength: 3 },
);
const ingress = fc.array(
  fc.record({
    CidrIp: fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16'),
    IpProtocol: fc.constantFrom('tcp', '-1'),
    FromPort: fc.constantFrom(22, 443),
    ToPort: fc.constantFrom(443, 8443),
  }),
  { maxLength: 3 },
);

test('the other way round, what was granted is revoked, and what was opened is closed', () => {
  const template = fc.tuple(statements, ingress).map(([Statement, SecurityGroupIngress]) => ({
    Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement } } },
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress, SecurityGroupEgress: [] } },
  }));
  const counts = (findings: readonly Finding[], plus: RegExp, minus: RegExp): number[] => {
    const details = findings.flatMap((finding) => (finding.category === 'security' ? finding.details : []));
    return [plus, minus].map((pattern) => details.filter(({ path }) => pattern.test(path)).length);
  };
  const MORE = /^(granted|no longer denied|ingress opened)/;
  const LESS = /^(revoked|now denied|ingress closed)/;
  fc.assert(
    fc.property(template, template, (before, after) => {
      expect(counts(findingsOf(before, after), MORE, LESS)).toEqual(counts(findingsOf(after, before), LESS, MORE));
    }),
  );
});

test('a template of a megabyte is compared', () => {
  const of = (text: string): Record<string, unknown> =>
    Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `R${index}`,
        {
          Type: 'AWS::SNS::Topic',
          Properties: { DisplayName: `${index}${'x'.repeat(2_000)}${index === 250 ? text : ''}` },
        },
      ]),
    );
  expect(JSON.stringify(of('')).length).toBeGreaterThan(1_000_000);
  expect(findingsOf(of('a'), of('b'))).toMatchObject([{ change: 'update', logicalId: 'R250' }]);
});

test('hundreds of renamed equals are paired, in time that grows with their number', () => {
  const of = (name: string): Record<string, unknown> =>
    Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`${name}${index}`, { Type: 'AWS::SQS::Queue' }]));
  const start = performance.now();
  expect(findingsOf(of('A'), of('B')).filter(({ change }) => change === 'rename')).toHaveLength(400);
  // Measured: 64 ms. One pair a round is quadratic.
  expect(performance.now() - start).toBeLessThan(2_500);
});
