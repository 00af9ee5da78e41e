import { App, Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { environments } from '../../lib/environments';
import { createEnvironment } from '../../lib/environments/create-environment';
import { validateEnvironments } from '../../lib/environments/validate';
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

/** A whole app or stack would hide what is added to it later; a word is no reason. */
function objectionable(root: IConstruct): string[] {
  return acknowledgements(root)
    .filter(
      ({ construct, reason }) =>
        App.isApp(construct) || Stack.isStack(construct) || reason.trim().split(/\s+/).length < 6,
    )
    .map(({ construct, id }) => `${construct.node.path} ${id}`);
}

test('every finding that is accepted is accepted at its construct, with a reason', () => {
  const app = testApp();
  for (const environment of validateEnvironments(environments)) createEnvironment(app, environment);
  expect(acknowledgements(app).length).toBeGreaterThan(0);
  expect(objectionable(app)).toEqual([]);
  // Each of these is somebody's decision: a new line here is for a reviewer to agree to.
  const table = acknowledgements(app)
    .filter(({ construct }) => construct.node.path.startsWith(`${environments[0]?.name ?? ''}-`))
    .map(({ construct, id, reason }) => `${construct.node.path} | ${id} | ${reason}`);
  expect(table).toMatchSnapshot();
});

test.each<[string, (app: App) => IConstruct]>([
  ['the app', (app) => app],
  ['a stack', (app) => new Stack(app, 'Some')],
])('an acknowledgement on %s is objected to', (_, at) => {
  const app = testApp();
  Validations.of(at(app)).acknowledge({ id: 'AwsSolutions-S1', reason: 'A reason that is long enough to be one' });
  expect(objectionable(app)).toHaveLength(1);
});
