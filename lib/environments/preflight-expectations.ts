import { preferencesName } from '../access/session-preferences';
import type { NetworkSettings } from '../network/network-settings';
import type { Expectations } from '../preflight/expectations';
import { PLATFORMS, solutionStackName } from '../web/platforms';
import { parseArnOrParameter } from '../web/arn-or-parameter';
import type { WebSettings } from '../web/web-settings';
import type { Environment } from './schema';

/** What an environment will need of its account. A test compares it with the environment's templates. */
export function preflightExpectations(environment: Environment): Expectations {
  const { name, region, account, availabilityZones, network, access, web } = environment;
  return {
    environment: name,
    region,
    account,
    availabilityZones,
    vpcs: 1,
    elasticIps: natAddresses(network, availabilityZones.length),
    sessionDocumentName: access && preferencesName(name, access),
    ...(web && webExpectations(web)),
    toolkitStackName: 'CDKToolkit',
    stackNames: [`${name}-Network`, ...(access ? [`${name}-Access`] : [])],
  };
}

function webExpectations({
  platform,
  certificateArn,
}: WebSettings): Pick<Expectations, 'solutionStackName' | 'certificateParameter'> {
  const certificate = certificateArn === undefined ? undefined : parseArnOrParameter(certificateArn);
  return {
    solutionStackName: solutionStackName(PLATFORMS[platform]),
    certificateParameter: certificate?.kind === 'parameter' ? certificate.path : undefined,
  };
}

/** A regional gateway asks for none: AWS finds it addresses of its own, and is not known to count them. */
function natAddresses({ nat }: NetworkSettings, zones: number): number {
  return { none: 0, single: 1, perZone: zones, regional: 0 }[nat];
}
