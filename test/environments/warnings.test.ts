import cdkJson from '../../cdk.json';
import { environments } from '../../lib/environments';
import { buildApp } from '../../lib/environments/build-app';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { validateEnvironments } from '../../lib/environments/validate';
import { warningsOf } from '../../lib/environments/warnings';

/** A rule set over the base price of a web ACL. */
function costly(name: string, cidr: string): EnvironmentInput {
  const [template] = environments;
  if (template?.firewall === undefined) throw new Error('no environment with a firewall');
  const more = { kind: 'managedGroup', name: 'Unix', action: 'block', group: 'AWSManagedRulesUnixRuleSet' } as const;
  return {
    ...template,
    name,
    network: { ...template.network, cidr },
    firewall: { ...template.firewall, rules: [...template.firewall.rules, more] },
  };
}

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

test('the same warning for two environments is one', () => {
  const both = validateEnvironments([costly('one', '10.10.0.0/16'), costly('two', '10.11.0.0/16')]);
  const mine = warningsOf(both).filter(({ path }) => path.includes('firewall'));
  expect(mine).toMatchObject([{ path: 'one.firewall.rules, two.firewall.rules' }]);
});

test('a synthesis says each warning once, and builds all the same', () => {
  process.env.CDK_CONTEXT_JSON = JSON.stringify(cdkJson.context);
  delete process.env.CDK_VALIDATION;
  const lines: string[] = [];
  buildApp([costly('one', '10.10.0.0/16')], (line) => lines.push(line));
  expect(lines.filter((line) => line.includes('firewall'))).toEqual([
    expect.stringMatching(/^warning: one\.firewall\.rules: take up to 1,593 capacity units .*; join rules /),
  ]);
});
