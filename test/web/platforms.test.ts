import { architectureOf } from '../../lib/web/instance-architecture';
import { platformArn, PLATFORM_NAMES, PLATFORMS, solutionStackName } from '../../lib/web/platforms';

test('the table, as AWS names it', () => {
  expect(PLATFORM_NAMES.map((name) => [name, solutionStackName(PLATFORMS[name])])).toEqual([
    ['php-8.0', '64bit Amazon Linux 2 v3.8.4 running PHP 8.0'],
    ['php-8.3', '64bit Amazon Linux 2023 v4.13.7 running PHP 8.3'],
    ['php-8.4', '64bit Amazon Linux 2023 v4.13.7 running PHP 8.4'],
    ['php-8.5', '64bit Amazon Linux 2023 v4.13.7 running PHP 8.5'],
    ['php-8.0-docker', '64bit Amazon Linux 2023 v4.13.7 running Docker'],
  ]);
});

test('the form that CloudFormation updates in place', () => {
  expect(platformArn(PLATFORMS['php-8.5'], 'ap-northeast-1', 'aws')).toBe(
    'arn:aws:elasticbeanstalk:ap-northeast-1::platform/PHP 8.5 running on 64bit Amazon Linux 2023/4.13.7',
  );
});

test('a word says which PHP it is, and only Docker has an image', () => {
  for (const name of PLATFORM_NAMES) {
    const { phpVersion, family, dockerImage } = PLATFORMS[name];
    expect(name).toContain(`php-${phpVersion}`);
    expect(dockerImage).toBe(family === 'docker' ? `php:${phpVersion}-apache` : undefined);
  }
});

test.each([
  ['t3.small', 'x86_64'],
  ['t4g.small', 'arm64'],
  ['m7gd.large', 'arm64'],
  ['c8gn.medium', 'arm64'],
  ['im4gn.large', 'arm64'],
  ['g4dn.xlarge', 'x86_64'],
  ['g5g.xlarge', 'arm64'],
  ['m7i-flex.large', 'x86_64'],
  ['a1.medium', 'arm64'],
])('%s is %s', (type, architecture) => {
  expect(architectureOf(type)).toBe(architecture);
});
