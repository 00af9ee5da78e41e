import { preferencesName } from '../access/session-preferences';
import type { Problem } from '../foundation/problem';
import type { NetworkSettings } from '../network/network-settings';
import type { ConnectSettings } from '../connect/connect-settings';
import { parameterPath } from '../connect/values/parameter-or';
import type { ExpectedParameter, Expectations } from '../preflight/expectations';
import { PLATFORMS, solutionStackName } from '../web/platforms';
import { parseArnOrParameter } from '../web/arn-or-parameter';
import { defaultsToChange } from '../web/defaults-to-change';
import type { WebSettings } from '../web/web-settings';
import type { Environment } from './schema';
import { stackCatalog, type CatalogStack } from './stack-catalog';

/**
 * What some stacks of an environment will need, by the account that they go to. A test compares it with the templates.
 *
 * @param stacks those of the environment that are to be deployed
 */
export function preflightExpectations(
  environment: Environment,
  stacks: readonly CatalogStack[] = stackCatalog(environment),
): Expectations[] {
  const { name, region, availabilityZones, network, access, web, connect } = environment;
  const accounts = [...new Set(stacks.map(({ account }) => account))];
  return accounts.map((account) => ({
    environment: name,
    region,
    account,
    availabilityZones,
    vpcs: 1,
    elasticIps: natAddresses(network, availabilityZones.length),
    sessionDocumentName: access && preferencesName(name, access),
    ...(web && webExpectations(web)),
    connectParameters: connect === undefined ? [] : connectParameters(connect),
    virtualInterfaces: (connect?.interfaces ?? []).map((one) => {
      const parameter = parameterPath(one.connection);
      return {
        name: `${name}-${one.name}`,
        connection: parameter === undefined ? { id: one.connection } : { parameter },
      };
    }),
    exampleHostNames: web === undefined ? [] : exampleHostNames(web, name),
    toolkitStackName: 'CDKToolkit',
    stacks: stacks
      .filter((stack) => stack.account === account)
      .map(({ kind, name: stackName }) => ({ kind, name: stackName })),
  }));
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

/** Of the other defaults to change, the account itself is asked: whether it has the platform, and the parameter. */
function exampleHostNames(web: WebSettings, environmentName: string): Problem[] {
  return defaultsToChange(web, environmentName).filter(({ what }) => what === 'reservedHostName');
}

function connectParameters({ interfaces, vpn }: ConnectSettings): ExpectedParameter[] {
  const texts = [
    ...interfaces.map(({ connection }) => ({ text: connection, holds: 'connection' as const })),
    ...(vpn === undefined ? [] : [{ text: vpn.address, holds: 'address' as const }]),
  ];
  const parameters = texts.flatMap(({ text, holds }) => {
    const name = parameterPath(text);
    return name === undefined ? [] : [{ name, holds }];
  });
  // Several interfaces may be on one connection.
  return [...new Map(parameters.map((parameter) => [parameter.name, parameter])).values()];
}

/** A regional gateway asks for none: AWS finds it addresses of its own, and is not known to count them. */
function natAddresses({ nat }: NetworkSettings, zones: number): number {
  return { none: 0, single: 1, perZone: zones, regional: 0 }[nat];
}
