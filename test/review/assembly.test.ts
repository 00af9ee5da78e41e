import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError } from '../../lib/foundation/problem';
import { readAssembly, type Assembly } from '../../lib/review/assembly';
import { compareAssemblies } from '../../lib/review/compare';
import { findingsOf, folderOf, manifestOf, removeFolders } from './support/assemblies';

afterAll(removeFolders);

function read(files: Record<string, unknown>): Assembly {
  return readAssembly(folderOf(files), 'base');
}

function problemsOf(files: Record<string, unknown> | string): string[] {
  try {
    if (typeof files === 'string') readAssembly(files, 'base');
    else read(files);
  } catch (error) {
    if (error instanceof ProblemsError) return error.message.split('\n');
    throw error;
  }
  return [];
}

const TOPIC = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };

test('a stack, its environment, and its name', () => {
  const { stacks } = read({
    'manifest.json': manifestOf({ stackName: 'my-app', terminationProtection: true }),
    'app.template.json': TOPIC,
  });
  expect(stacks).toMatchObject([
    {
      id: 'app',
      stackName: 'my-app',
      account: 'unknown-account',
      region: 'ap-northeast-1',
      terminationProtection: true,
    },
  ]);
});

test('construct paths from the template, from the manifest of older releases, from the file of newer ones', () => {
  const metadata = { '/app/Topic/Resource': [{ type: 'aws:cdk:logicalId', data: 'Topic' }] };
  const pathOf = (files: Record<string, unknown>): string | undefined =>
    read(files).stacks[0]?.template.resources.get('Topic')?.path;
  const inTemplate = {
    Resources: { Topic: { Type: 'AWS::SNS::Topic', Metadata: { 'aws:cdk:path': 'app/Topic/Resource' } } },
  };
  expect(pathOf({ 'manifest.json': manifestOf(), 'app.template.json': inTemplate })).toBe('app/Topic');
  const old = manifestOf();
  Object.assign((old.artifacts as { app: object }).app, { metadata });
  expect(pathOf({ 'manifest.json': old, 'app.template.json': TOPIC })).toBe('app/Topic');
  const fresh = manifestOf();
  Object.assign((fresh.artifacts as { app: object }).app, { additionalMetadataFile: 'app.metadata.json' });
  expect(pathOf({ 'manifest.json': fresh, 'app.template.json': TOPIC, 'app.metadata.json': metadata })).toBe(
    'app/Topic',
  );
});

test('a folder that is no assembly, or not there', () => {
  expect(problemsOf({})).toEqual([
    'base: manifest.json: cannot be read (ENOENT); name a folder that cdk synth wrote (cdk.out)',
  ]);
  expect(problemsOf('/nowhere/at/all')).toEqual([expect.stringContaining('cannot be read (ENOENT)')]);
  expect(problemsOf({ 'manifest.json': '[]' })).toEqual([
    expect.stringContaining('is not the manifest of a cloud assembly'),
  ]);
});

test.each([[{}], [{ artifacts: {} }], [{ artifacts: { S: null } }]])('a manifest without stacks: %j', (manifest) => {
  expect(problemsOf({ 'manifest.json': manifest })).toEqual([expect.stringMatching(/names no stacks|is no artifact/)]);
});

test('every mistake at once', () => {
  const second = { type: 'aws:cloudformation:stack', properties: { templateFile: 'second.template.json' } };
  const problems = problemsOf({
    'manifest.json': manifestOf({}, { second }),
    'app.template.json': '{"Resources":',
    'second.template.json': { Resources: { A: {}, B: { Type: 'X', Properties: [] } }, Outputs: 'none' },
  });
  expect(problems).toEqual([
    expect.stringMatching(/^base: app\.template\.json: is not JSON \(.*\); synthesize it again$/),
    expect.stringContaining('Outputs: "none" is not a group'),
    expect.stringContaining('Resources.A: {} is not a resource with a Type'),
    expect.stringContaining('Resources.B.Properties: [] is not a group of properties'),
  ]);
});

test.each(['../outside.json', '/etc/hostname', 'link.json'])(
  'nothing outside of the assembly is read: %s',
  (templateFile) => {
    const outside = folderOf({ 'secret.json': TOPIC });
    const folder = folderOf({ 'manifest.json': manifestOf({ templateFile }) });
    symlinkSync(join(outside, 'secret.json'), join(folder, 'link.json'));
    const problems = problemsOf(folder);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/it is outside of the assembly|ENOENT/);
  },
);

test('a nested stack that holds itself is read to an end', () => {
  const self = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'app.template.json' } };
  const { stacks } = read({ 'manifest.json': manifestOf(), 'app.template.json': { Resources: { Self: self } } });
  expect(stacks.length).toBeLessThan(20);
});

test('stages within stages', () => {
  const stage = (directoryName: string): object => ({ type: 'cdk:cloud-assembly', properties: { directoryName } });
  const { stacks } = read({
    'manifest.json': manifestOf({}, { s: stage('assembly-s') }),
    'app.template.json': TOPIC,
    'assembly-s/manifest.json': { version: '1', artifacts: { t: stage('assembly-t') } },
    'assembly-s/assembly-t/manifest.json': manifestOf({ stackName: 'inner' }),
    'assembly-s/assembly-t/app.template.json': TOPIC,
  });
  expect(stacks.map(({ stackName }) => stackName)).toEqual(['app', 'inner']);
});

test('a template nested too deep to compare is an error, not a crash', () => {
  const depth = 20_000;
  const text = (end: string): string =>
    `{"Resources":{"A":{"Type":"X","Properties":{"P":${'['.repeat(depth)}${end}${']'.repeat(depth)}}}}}`;
  const of = (end: string): Assembly => read({ 'manifest.json': manifestOf(), 'app.template.json': text(end) });
  expect(() => compareAssemblies(of('1'), of('2'))).toThrow(/nested too deep/);
});

test('types and protocols that are called like what every object has are nothing special', () => {
  const resources = (a: number): Record<string, unknown> => ({
    X: { Type: 'constructor', Properties: { a } },
    Y: { Type: 'toString', Properties: { a } },
    G: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { IpProtocol: 'constructor', FromPort: a } },
  });
  const changed = findingsOf(resources(1), resources(2)).flatMap(({ logicalId }) =>
    logicalId === '' ? [] : [logicalId],
  );
  expect(new Set(changed)).toEqual(new Set(['G', 'X', 'Y']));
});
