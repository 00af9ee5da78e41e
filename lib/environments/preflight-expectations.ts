import { preferencesName } from '../access/session-preferences';
import type { NetworkSettings } from '../network/network-settings';
import type { Expectations } from '../preflight/expectations';
import type { Environment } from './schema';

/** What an environment will need of its account. A test compares it with the environment's templates. */
export function preflightExpectations(environment: Environment): Expectations {
  const { name, region, account, availabilityZones, network, access } = environment;
  return {
    environment: name,
    region,
    account,
    availabilityZones,
    vpcs: 1,
    elasticIps: natAddresses(network, availabilityZones.length),
    sessionDocumentName: access && preferencesName(name, access),
    ...webExpectations(),
    toolkitStackName: 'CDKToolkit',
    stackNames: [`${name}-Network`, ...(access ? [`${name}-Access`] : [])],
  };
}

/** WIRE with lib/web: the solution stack of `environment.web.platform`, and the parameter behind `ssm:` in its certificateArn. */
function webExpectations(): Pick<Expectations, 'solutionStackName' | 'certificateParameter'> {
  return {};
}

/** A regional gateway asks for none: AWS finds it addresses of its own, and is not known to count them. */
function natAddresses({ nat }: NetworkSettings, zones: number): number {
  return { none: 0, single: 1, perZone: zones, regional: 0 }[nat];
}
