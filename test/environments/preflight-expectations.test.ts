import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { environments } from '../../lib/environments';
import { createEnvironment } from '../../lib/environments/create-environment';
import { preflightExpectations } from '../../lib/environments/preflight-expectations';
import type { Environment } from '../../lib/environments/schema';
import { validateEnvironments } from '../../lib/environments/validate';
import { stacksOf as concerned, type CheckName } from '../../lib/preflight/concerns';
import type { Expectations } from '../../lib/preflight/expectations';
import { BOOTSTRAP_VERSION_PARAMETER, LEAST_BOOTSTRAP_VERSION } from '../../lib/preflight/checks/toolkit';
import { resourcesOfType, testApp, type Resource, type TemplateJson } from '../support/synthesize';

const ENVIRONMENTS = validateEnvironments(environments);

/** What the account of the site is asked. */
function expectationsOf(environment: Environment): Expectations {
  const [expectations] = preflightExpectations(environment);
  if (expectations === undefined) throw new Error('an environment without stacks');
  return expectations;
}

let stacks: ReadonlyMap<string, readonly CloudFormationStackArtifact[]>;

beforeAll(() => {
  stacks = new Map(
    ENVIRONMENTS.map((environment) => {
      const app = testApp();
      createEnvironment(app, environment);
      return [environment.name, app.synth().stacks];
    }),
  );
});

describe.each(ENVIRONMENTS.map((environment) => [environment.name, environment] as const))(
  '%s',
  (name, environment) => {
    const expected = expectationsOf(environment);
    const stacksOf = (): readonly CloudFormationStackArtifact[] => stacks.get(name) ?? [];
    /** Of that type, in the stacks that a check is about: those whose resources count as the environment's own. */
    const made = (type: string, check: CheckName): Resource[] =>
      stacksOf()
        .filter(({ stackName }) => concerned(check, expected).includes(stackName))
        .flatMap(({ template }) => resourcesOfType(template as TemplateJson, type).map(([, resource]) => resource));

    test('expects what its templates make', () => {
      expect(made('AWS::EC2::VPC', 'vpcs')).toHaveLength(expected.vpcs);
      expect(made('AWS::EC2::EIP', 'addresses')).toHaveLength(expected.elasticIps);
      expect(made('AWS::SSM::Document', 'session preferences').map(({ Properties }) => Properties?.Name)).toContain(
        expected.sessionDocumentName,
      );
    });

    test('expects the platform of its web site, and every parameter that is read', () => {
      const text = JSON.stringify(stacksOf().map(({ template }) => template as unknown));
      expect(text).toContain(`Made on ${expected.solutionStackName ?? 'nothing'}`);
      const parameters = [...text.matchAll(/\{\{resolve:ssm:([^}]+)\}\}/g)].map(([, parameter]) => parameter);
      expect(new Set(parameters)).toEqual(
        new Set([
          ...(expected.certificateParameter === undefined ? [] : [expected.certificateParameter]),
          ...expected.connectParameters.map(({ name: parameter }) => parameter),
        ]),
      );
    });

    test('its other stacks make nothing of the kind', () => {
      const counted = {
        'AWS::EC2::VPC': 'vpcs',
        'AWS::EC2::EIP': 'addresses',
        'AWS::EC2::Subnet': 'zones',
        'AWS::SSM::Document': 'session preferences',
        'AWS::ElasticBeanstalk::Environment': 'platform',
      } as const;
      const found = Object.entries(counted).flatMap(([type, check]) =>
        stacksOf()
          .filter(({ stackName }) => !concerned(check, expected).includes(stackName))
          .flatMap(({ template }) => resourcesOfType(template as TemplateJson, type))
          // Of documents, those of sessions are meant.
          .filter(([, { Properties }]) => (Properties?.DocumentType ?? 'Session') === 'Session')
          .map(([id]) => id),
      );
      expect(found).toEqual([]);
    });

    test('its templates ask for the version that preflight asks for', () => {
      for (const stack of stacksOf()) {
        expect(stack).toMatchObject({
          requiresBootstrapStackVersion: LEAST_BOOTSTRAP_VERSION,
          bootstrapStackVersionSsmParameter: BOOTSTRAP_VERSION_PARAMETER,
        });
      }
    });

    test('is asked for by name, region and zones', () => {
      const { region, availabilityZones } = environment;
      expect(expected).toMatchObject({ environment: name, region, availabilityZones, toolkitStackName: 'CDKToolkit' });
    });
  },
);

describe('settings that the environments do not have now', () => {
  const [first] = ENVIRONMENTS as [Environment];

  test.each([
    ['none', 0],
    ['single', 1],
    ['perZone', first.availabilityZones.length],
    ['regional', 0],
  ] as const)('NAT %s asks for %p addresses', (nat, elasticIps) => {
    const network = { ...first.network, nat };
    expect(expectationsOf({ ...first, network })).toMatchObject({ elasticIps });
  });

  test('without access there is no document', () => {
    const expected = expectationsOf({ ...first, access: undefined });
    expect(expected.sessionDocumentName).toBeUndefined();
    expect(concerned('session preferences', expected)).toEqual([]);
  });

  test('host names of an example are named, others are not', () => {
    const hostNames = ['www.example.com', 'www.ishizue.jp'];
    const web = first.web && { ...first.web, hostNames };
    expect(expectationsOf({ ...first, web }).exampleHostNames).toMatchObject([
      { path: `${first.name}.web.hostNames[0]`, value: 'www.example.com' },
    ]);
  });

  test('a pipeline in another account is asked of that account', () => {
    const delivery = first.delivery && { ...first.delivery, targetAccount: '222222222222' };
    const [ofSite, ofPipeline] = preflightExpectations({ ...first, account: '111111111111', delivery });
    expect(ofSite).toMatchObject({ account: '222222222222' });
    expect(ofPipeline).toMatchObject({
      account: '111111111111',
      stacks: [{ kind: 'PipelineNotices' }, { kind: 'Delivery' }],
    });
    expect(concerned('vpcs', ofPipeline ?? expectationsOf(first))).toEqual([]);
  });
});
