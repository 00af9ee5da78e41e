import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { BeanstalkApplication } from '../../lib/web/constructs/beanstalk-application';
import { jsonOf, resourcesOfType, testApp } from '../support/synthesize';

/** Where the bundle of a folder with this content is uploaded to. */
function bundleOf(content: string, firstVersionOf: string | undefined): unknown {
  const bundle = mkdtempSync(join(tmpdir(), 'bundle-'));
  writeFileSync(join(bundle, 'index.php'), content);
  const stack = new Stack(testApp(), 'Test');
  const serviceRole = Role.fromRoleName(stack, 'Service', 'service');
  new BeanstalkApplication(stack, 'Code', { applicationName: 'a-web', serviceRole, bundle, firstVersionOf });
  const [version] = resourcesOfType(jsonOf(stack), 'AWS::ElasticBeanstalk::ApplicationVersion');
  return (version?.[1].Properties?.SourceBundle as { S3Key: unknown }).S3Key;
}

test('without a pipeline, a change of the application is another version', () => {
  expect(bundleOf('one', undefined)).toEqual(bundleOf('one', undefined));
  expect(bundleOf('one', undefined)).not.toEqual(bundleOf('two', undefined));
});

test('with one it is not, or it would take the place of what the pipeline has deployed; another environment starts anew', () => {
  expect(bundleOf('one', 'a-web-0a1b2c')).toEqual(bundleOf('two', 'a-web-0a1b2c'));
  expect(bundleOf('one', 'a-web-0a1b2c')).not.toEqual(bundleOf('one', 'a-web-3d4e5f'));
});
