import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnResource, Stack, Validations, type App } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import cdkJson from '../../cdk.json';
import { environments } from '../../lib/environments';
import { buildApp } from '../../lib/environments/build-app';
import { testApp } from '../support/synthesize';

interface Acknowledged {
  readonly construct: IConstruct;
  readonly id: string;
  readonly reason: string;
}

function acknowledgements(root: IConstruct): Acknowledged[] {
  return root.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ construct, id, reason })),
  );
}

/**
 * An acknowledgement holds for all that is below its construct: on an app, a stack or a group of resources it would hide
 * what is added there later. And a word is no reason.
 */
function objectionable(root: IConstruct): string[] {
  return acknowledgements(root)
    .filter(({ construct, reason }) => !isOneResource(construct) || reason.trim().split(/\s+/).length < 6)
    .map(({ construct, id }) => `${construct.node.path} ${id}`);
}

/** A resource, or the construct that stands for one: it has the resource as a child and is no stack. */
function isOneResource(construct: IConstruct): boolean {
  if (CfnResource.isCfnResource(construct)) return true;
  return !Stack.isStack(construct) && construct.node.children.some((child) => CfnResource.isCfnResource(child));
}

/** `dev` of `dev-Network`. */
function environmentOf(construct: IConstruct): string {
  return Stack.of(construct).stackName.replace(/-[^-]+$/, '');
}

/** The app as `cdk synth` builds it: what is acknowledged anywhere on the way is seen. */
function wholeApp(): App {
  process.env.CDK_CONTEXT_JSON = JSON.stringify(cdkJson.context);
  delete process.env.CDK_VALIDATION;
  return buildApp(environments);
}

const before = { ...process.env };
afterAll(() => {
  process.env = { ...before };
});

describe('findings that are accepted', () => {
  let app: App;

  beforeAll(() => {
    app = wholeApp();
  });

  test('are accepted at their resources, with a reason', () => {
    expect(acknowledgements(app).length).toBeGreaterThan(0);
    expect(objectionable(app)).toEqual([]);
  });

  // Each of these is somebody's decision: a new line here is for a reviewer to agree to. Each environment has its own
  // list, so that another one adds a list and changes none.
  test.each(environments)('in $name', ({ name }) => {
    const table = acknowledgements(app)
      .filter(({ construct }) => environmentOf(construct) === name)
      .map(({ construct, id, reason }) => `${construct.node.path} | ${id} | ${reason}`);
    expect(table).toMatchSnapshot();
  });

  test('are all of some environment', () => {
    const names = environments.map(({ name }) => name);
    const others = acknowledgements(app).filter(({ construct }) => !names.includes(environmentOf(construct)));
    expect(others).toEqual([]);
  });
});

const REASON = 'A reason that is long enough to be one';

test.each<[string, (app: App) => IConstruct, string]>([
  ['on the app', (app) => app, REASON],
  ['on a stack', (app) => new Stack(app, 'Some'), REASON],
  [
    'on a group of resources',
    (app) => new Bucket(new Construct(new Stack(app, 'Some'), 'Group'), 'Bucket').node.scope ?? app,
    REASON,
  ],
  ['without a reason', (app) => new Bucket(new Stack(app, 'Some'), 'Bucket'), 'Not needed'],
])('an acknowledgement %s is objected to', (_, at, reason) => {
  const app = testApp();
  Validations.of(at(app)).acknowledge({ id: 'AwsSolutions-S1', reason });
  expect(objectionable(app)).toHaveLength(1);
});
