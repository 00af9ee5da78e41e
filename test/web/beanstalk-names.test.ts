import { beanstalkEnvironmentName, beanstalkEnvironmentPattern } from '../../lib/web/beanstalk-names';

const BASE = { platform: 'php-8.0', certificateArn: undefined, hostNames: ['a.example.com', 'b.example.com'] } as const;
type Change = Partial<Parameters<typeof beanstalkEnvironmentName>[1]>;

const name = (change: Change = {}): string =>
  beanstalkEnvironmentName('dev', { ...BASE, hostNames: [...BASE.hostNames], ...change });

test.each<[string, Change]>([
  ['another platform', { platform: 'php-8.5' }],
  ['HTTPS', { certificateArn: 'ssm:/dev/web/certificate-arn' }],
  ['another name of the site', { hostNames: ['a.example.com'] }],
])('%s makes another environment, because Beanstalk cannot change it in place', (_, change) => {
  expect(name(change)).not.toBe(name());
});

test.each<[string, Change, Change]>([
  ['names in another order', {}, { hostNames: ['b.example.com', 'a.example.com'] }],
  ['another certificate', { certificateArn: 'ssm:/one' }, { certificateArn: 'ssm:/two' }],
])('%s: the same environment', (_, one, other) => {
  expect(name(one)).toBe(name(other));
});

test('fits in 40 characters, and the pattern is for every one of them', () => {
  const longest = beanstalkEnvironmentName('e'.repeat(20), { ...BASE, hostNames: [] });
  // Source: `CreateEnvironment`, Elastic Beanstalk API Reference.
  expect(longest.length).toBeLessThanOrEqual(40);
  const pattern = new RegExp(`^${beanstalkEnvironmentPattern('e'.repeat(20)).replaceAll('?', '.')}$`);
  expect(longest).toMatch(pattern);
});
