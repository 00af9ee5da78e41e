import { environments } from '../../lib/environments';
import { createEnvironment } from '../../lib/environments/create-environment';
import { validateEnvironments } from '../../lib/environments/validate';
import { stable } from '../support/snapshot';
import { testApp, type TemplateJson } from '../support/synthesize';

/** Resources that hold data, or that others outside the stack know by their IDs: replacing one loses something. */
const STATEFUL = [
  'AWS::EC2::VPC',
  'AWS::EC2::Subnet',
  'AWS::EC2::EIP',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::SSM::Document',
  // DNS records point at the load balancer, and Beanstalk can move its environment to no other.
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticBeanstalk::Application',
  'AWS::ElasticBeanstalk::Environment',
  'AWS::CodeCommit::Repository',
  // People subscribe to it by hand.
  'AWS::SNS::Topic',
  // Routers on the other side know their numbers, addresses and keys.
  'AWS::DirectConnect::DirectConnectGateway',
  'AWS::DirectConnect::PrivateVirtualInterface',
  'AWS::EC2::VPNGateway',
  'AWS::EC2::VPNConnection',
];

const templates = new Map<string, TemplateJson>();

beforeAll(() => {
  for (const environment of validateEnvironments(environments)) {
    const app = testApp();
    createEnvironment(app, environment);
    for (const stack of app.synth().stacks) templates.set(stack.stackName, stack.template as TemplateJson);
  }
});

const STACKS = environments.flatMap(({ name, access, stream, firewall, web, delivery, connect, review }) => [
  ...(access ? [`${name}-Access`] : []),
  `${name}-Network`,
  `${name}-Notices`,
  ...(stream ? [`${name}-Stream`] : []),
  ...(firewall ? [`${name}-Firewall`] : []),
  ...(web ? [`${name}-Web`] : []),
  ...(delivery ? [`${name}-Delivery`] : []),
  ...(delivery?.targetAccount ? [`${name}-DeliveryTarget`] : []),
  ...(delivery?.targetAccount ? [`${name}-PipelineNotices`] : []),
  ...(connect ? [`${name}-Connect`] : []),
  ...(connect?.ports?.length ? [`${name}-Ports`] : []),
  ...(review ? [`${name}-Review`] : []),
]);

test('these are all the stacks', () => {
  expect([...templates.keys()].sort()).toEqual([...STACKS].sort());
});

/** The numbers with a fraction anywhere in a value, each with its path. */
function fractions(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isInteger(value) ? [] : [`${path}: ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => fractions(inner, `${path}/${key}`));
}

test('no metadata has a number with a fraction, which cfn-lint refuses (E4002)', () => {
  const metadata = [...templates].flatMap(([stack, { Metadata, Resources }]) => [
    [stack, Metadata] as const,
    ...Object.entries(Resources).map(([id, resource]) => [`${stack}/${id}`, resource.Metadata] as const),
  ]);
  expect(metadata.some(([, value]) => value?.AddressPlan !== undefined)).toBe(true);
  expect(metadata.flatMap(([path, value]) => fractions(value, path))).toEqual([]);
  expect(fractions({ share: [1, 0.5] }, 'a')).toEqual(['a/share/1: 0.5']);
});

describe.each(STACKS)('%s', (name) => {
  const template = (): TemplateJson => templates.get(name) ?? { Resources: {} };

  test('template', () => {
    expect(stable(template())).toMatchSnapshot();
  });

  test('logical IDs of what must not be replaced', () => {
    const ids = Object.entries(template().Resources)
      .filter(([, { Type }]) => STATEFUL.includes(Type))
      .map(([id, { Type }]) => `${Type} ${id}`);
    // A change here deletes the resource of the old ID and all that is in it. Add; never change.
    expect(ids.sort()).toMatchSnapshot();
  });
});
