import { App, type Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../cdk.json';
import { createEnvironment, type EnvironmentStacks } from '../../lib/environments/create-environment';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { validateEnvironments } from '../../lib/environments/validate';

/** A template as plain data, for what assertions do not reach. */
export interface TemplateJson {
  readonly Description?: string;
  readonly Metadata?: Record<string, unknown>;
  readonly Resources: Record<string, Resource>;
  readonly Parameters?: Record<string, unknown>;
  readonly Conditions?: Record<string, unknown>;
  readonly Outputs?: Record<string, { readonly Value: unknown }>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string[];
  readonly Metadata?: Record<string, unknown>;
}

/** An app with the feature flags of cdk.json and without the CLI's additions, which differ between machines. */
export function testApp(): App {
  return new App({ context: cdkJson.context, analyticsReporting: false });
}

/** The stacks of one environment, through the same code as `cdk synth`. Call it once in a test file. */
export function synthesize(input: EnvironmentInput): EnvironmentStacks {
  const [environment] = validateEnvironments([input]);
  if (environment === undefined) throw new Error('validation answered no environment');
  return createEnvironment(testApp(), environment);
}

export function templateOf(stack: Stack): Template {
  return Template.fromStack(stack);
}

export function jsonOf(stack: Stack): TemplateJson {
  return templateOf(stack).toJSON() as TemplateJson;
}

export function resourcesOfType(template: TemplateJson, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}
