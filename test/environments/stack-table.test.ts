import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../lib/environments';
import { createEnvironment } from '../../lib/environments/create-environment';
import { validateEnvironments } from '../../lib/environments/validate';
import { ROOT } from '../support/run';
import { testApp } from '../support/synthesize';

/** The rows of README's table of stacks: name, and what stands under "depends on". */
function rows(): [string, string][] {
  const lines = readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n');
  return lines.flatMap((line): [string, string][] => {
    const [, name, dependsOn] = /^\| `<env>-(\w+)`\s*\|[^|]*\|([^|]*)\|/.exec(line) ?? [];
    return name === undefined || dependsOn === undefined ? [] : [[name, dependsOn.trim()]];
  });
}

/** `Network, Access, Firewall; Stream where there is one`: what is always so, and what may be. */
function readDependencies(cell: string): { always: string[]; sometimes: string[] } {
  const names = (text: string): string[] => text.match(/\b[A-Z]\w+/g) ?? [];
  const clauses = cell.split(';');
  const isConditional = (clause: string): boolean => / (where|if) /.test(clause);
  return {
    always: clauses.filter((clause) => !isConditional(clause)).flatMap(names),
    sometimes: clauses.filter(isConditional).flatMap(names),
  };
}

/** The stacks of each environment, and what the cloud assembly says that they depend on: what `cdk list` shows. */
const DEPENDENCIES = (
  [
    ['as they are', {}],
    ['with an instance', { managedInstance: true }],
  ] as const
).flatMap(([what, access]) =>
  validateEnvironments(
    environments.map((each) => ({ ...each, access: each.access && { ...each.access, ...access } })),
  ).map((environment) => {
    const app = testApp();
    createEnvironment(app, environment);
    const bare = (name: string): string => name.slice(environment.name.length + 1);
    const stacks = app.synth().stacks.map(({ stackName, dependencies }) => {
      const on = dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets'));
      return [bare(stackName), on.map(bare).sort()] as const;
    });
    return [`${environment.name}, ${what}`, new Map(stacks)] as const;
  }),
);

describe.each(DEPENDENCIES)('%s', (_, stacks) => {
  test.each([...stacks])('%s is in the table, with what it depends on: %p', (name, dependencies) => {
    const cell = new Map(rows()).get(name);
    if (name === 'DeliveryTarget') return;
    const { always, sometimes } = readDependencies(cell ?? 'nothing of the kind');
    expect(cell).toBeDefined();
    expect(dependencies).toEqual(expect.arrayContaining(always));
    expect([...always, ...sometimes]).toEqual(expect.arrayContaining(dependencies));
  });
});

test('what the table says of some stacks is so of one at least', () => {
  for (const [name, cell] of rows()) {
    for (const other of readDependencies(cell).sometimes) {
      expect(DEPENDENCIES.some(([, stacks]) => stacks.get(name)?.includes(other))).toBe(true);
    }
  }
});

test('the table has no stack that there is not', () => {
  const known = new Set(DEPENDENCIES.flatMap(([, stacks]) => [...stacks.keys()]));
  expect(
    rows()
      .map(([name]) => name)
      .filter((name) => !known.has(name)),
  ).toEqual([]);
});
