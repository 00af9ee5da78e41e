import cdkJson from '../../cdk.json';
import { environments } from '../../lib/environments';
import { buildApp } from '../../lib/environments/build-app';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { validateEnvironments } from '../../lib/environments/validate';
import { warningsOf } from '../../lib/environments/warnings';
import { formatProblem } from '../../lib/foundation/problem';

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

describe('of many environments', () => {
  const many = (count: number): EnvironmentInput[] =>
    Array.from({ length: count }, (_, index) => {
      const environment = costly(`e${index}`, `10.${index}.0.0/16`);
      if (environment.web === undefined) throw new Error('no environment with a web site');
      const web = {
        ...environment.web,
        platform: 'php-8.0' as const,
        certificateArn: `ssm:/e${index}/certificate`,
        hostNames: ['www.example.com'],
      };
      return {
        ...environment,
        notices: { emails: ['a@example.com'] },
        network: { ...environment.network, onPremises: [] },
        web,
      };
    });
  const lines = (count: number): string[] => warningsOf(validateEnvironments(many(count))).map(formatProblem);

  test('fifty take no more lines than two, and no longer ones', () => {
    expect(lines(50).map((line) => line.split(':')[0])).toEqual([
      'e0.firewall.rules and 49 more',
      'e0.web.platform and 49 more',
      'e0.web.hostNames[0] and 49 more',
      'e0.web.certificateArn and 49 more',
    ]);
    expect(lines(2)).toHaveLength(4);
    for (const line of lines(50)) expect(line.length).toBeLessThan(400);
  });

  test('up to three are named', () => {
    expect(lines(3)[1]).toMatch(/^e0\.web\.platform, e1\.web\.platform, e2\.web\.platform: "php-8\.0" is /);
    expect(lines(4)[1]).toMatch(/^e0\.web\.platform and 3 more: /);
  });

  test('a value that they do not share is not shown', () => {
    expect(lines(1)[3]).toMatch(/^e0\.web\.certificateArn: "ssm:\/e0\/certificate" names a parameter /);
    expect(lines(50)[3]).toMatch(/^e0\.web\.certificateArn and 49 more: names a parameter /);
  });
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
