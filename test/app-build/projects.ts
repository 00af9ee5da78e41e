import { createEnvironment } from '../../lib/environments/create-environment';
import { validateEnvironments } from '../../lib/environments/validate';
import { environments } from '../../lib/environments';
import { jsonOf, resourcesOfType, testApp } from '../support/synthesize';

/** A CodeBuild project as its template has it. */
export interface Project {
  readonly name: string;
  /** The file in the application's folder. */
  readonly buildspec: string;
  readonly variables: Readonly<Record<string, string>>;
}

interface Properties {
  readonly Name: string;
  readonly Source: { readonly BuildSpec: string };
  readonly Environment: {
    readonly EnvironmentVariables?: readonly { readonly Name: string; readonly Value: string }[];
  };
}

/** The projects of an environment's pipeline, in the order of its stages. */
export function synthesizedProjects(wanted: string): Project[] {
  const environment = validateEnvironments(environments).find(({ name }) => name === wanted);
  if (environment === undefined) throw new Error(`there is no environment ${wanted}`);
  const { delivery } = createEnvironment(testApp(), environment);
  if (delivery === undefined) throw new Error(`${wanted} has no delivery`);
  const projects = resourcesOfType(jsonOf(delivery), 'AWS::CodeBuild::Project').map(([, { Properties }]): Project => {
    const { Name, Source, Environment } = Properties as unknown as Properties;
    return {
      name: Name,
      buildspec: Source.BuildSpec,
      variables: Object.fromEntries((Environment.EnvironmentVariables ?? []).map(({ Name, Value }) => [Name, Value])),
    };
  });
  const stages = environment.delivery?.stages.map((stage) => ('buildspec' in stage ? stage.buildspec : '')) ?? [];
  return projects.sort((a, b) => stages.indexOf(a.buildspec) - stages.indexOf(b.buildspec));
}
