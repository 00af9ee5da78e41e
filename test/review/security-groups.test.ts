import fc from 'fast-check';
import { readRules, ruleCovers } from '../../lib/review/security-group-rules';
import { readTemplate } from '../../lib/review/template';
import { findingsOf } from './support/assemblies';

function group(...rules: object[]): Record<string, unknown> {
  return {
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'g', SecurityGroupIngress: rules, SecurityGroupEgress: [] },
    },
  };
}

const rule = (CidrIp: string, from: number, to: number, IpProtocol = 'tcp'): object => ({
  CidrIp,
  IpProtocol,
  FromPort: from,
  ToPort: to,
});

test.each<[string, object[], object[], string[]]>([
  ['a wider block', [rule('10.0.0.0/16', 443, 443)], [rule('10.0.0.0/8', 443, 443)], ['broadened']],
  ['more ports', [rule('10.0.0.0/16', 443, 443)], [rule('10.0.0.0/16', 400, 500)], ['broadened']],
  ['every protocol', [rule('10.0.0.0/16', 443, 443)], [rule('10.0.0.0/16', -1, -1, '-1')], ['broadened']],
  ['a number for a protocol', [rule('10.0.0.0/16', 443, 443)], [rule('10.0.0.0/16', 443, 443, '6')], []],
  ['a narrower block', [rule('10.0.0.0/8', 443, 443)], [rule('10.0.0.0/16', 443, 443)], ['narrowed']],
  [
    'two halves of what there was',
    [rule('10.0.0.0/16', 1, 9)],
    [rule('10.0.0.0/17', 1, 9), rule('10.0.128.0/17', 1, 9)],
    [],
  ],
  ['ports one by one', [rule('10.0.0.0/16', 80, 81)], [rule('10.0.0.0/16', 80, 80), rule('10.0.0.0/16', 81, 81)], []],
  [
    'half of what there was',
    [rule('10.0.0.0/16', 1, 9)],
    [rule('10.0.0.0/17', 1, 9), rule('10.0.128.0/18', 1, 9)],
    ['narrowed'],
  ],
  [
    'another description',
    [{ ...rule('10.0.0.0/16', 1, 1), Description: 'a' }],
    [{ ...rule('10.0.0.0/16', 1, 1), Description: 'b' }],
    [],
  ],
  [
    'a block that is only known later',
    [rule('10.0.0.0/16', 1, 1)],
    [{ ...rule('', 1, 1), CidrIp: { Ref: 'Cidr' } }],
    ['broadened'],
  ],
])('%s', (_what, before, after, expected) => {
  const directions = findingsOf(group(...before), group(...after)).filter(({ change }) => change === 'security-group');
  expect(directions.map(({ direction }) => direction)).toEqual(expected);
});

test('a rule that covers another lets through whatever that one does', () => {
  const cidr = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
    .map(([last, prefix]) => `10.0.0.${last - (last % 2 ** (32 - prefix))}/${prefix}`);
  const port = fc.integer({ min: 0, max: 9 });
  const rules = fc
    .tuple(cidr, port, port, fc.constantFrom('tcp', 'udp', '-1'))
    .map(([block, a, b, protocol]) => rule(block, Math.min(a, b), Math.max(a, b), protocol));
  const read = (each: object): ReturnType<typeof readRules>[number] => {
    const [first] = readRules(readTemplate({ Resources: group(each) }, new Map(), '').template, (id) => id);
    if (first === undefined) throw new Error('no rule');
    return first;
  };
  const lets = (each: ReturnType<typeof read>, protocol: string, at: number, last: number): boolean => {
    const [base = '', prefix = ''] = each.peer.split('/');
    const start = Number(base.split('.')[3]);
    return (
      (each.protocol === 'all' || (each.protocol === protocol && each.from <= at && at <= each.to)) &&
      last >= start &&
      last < start + 2 ** (32 - Number(prefix))
    );
  };
  let reached = 0;
  fc.assert(
    fc.property(
      rules,
      rules,
      fc.constantFrom('tcp', 'udp'),
      port,
      fc.integer({ min: 0, max: 255 }),
      (a, b, protocol, at, last) => {
        const [wide, narrow] = [read(a), read(b)];
        if (!ruleCovers(wide, narrow) || !lets(narrow, protocol, at, last)) return;
        reached += 1;
        expect(lets(wide, protocol, at, last)).toBe(true);
      },
    ),
    { numRuns: 20_000 },
  );
  // Most pairs have nothing to do with each other.
  expect(reached).toBeGreaterThan(50);
});
