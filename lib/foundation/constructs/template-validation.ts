import {
  CfnResource,
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { rememberTypes, takeValidationThread, type Templates } from './validation-thread';

/**
 * CloudFormation's template rules, as the CDK runs them by default, but in a thread of their own: their engine takes more
 * than a second to start, and does so while the main thread synthesizes. Being the CDK's plugin it takes the place of the
 * built-in one, so that `--no-validation` does not reach it.
 */
export class TemplateValidation extends CloudFormationValidatePlugin {
  private readonly thread = takeValidationThread();
  private answered: string | undefined;
  private begun = false;

  /** The release of the rules, known once they have answered. */
  override get version(): string {
    return this.answered ?? '';
  }

  /** Has the engine load the rules for the app's resources. */
  prepare(app: IConstruct): void {
    const found = app.node.findAll().flatMap((node) => (CfnResource.isCfnResource(node) ? [node.cfnResourceType] : []));
    // The last is added by the CLI's wish, after the app is built.
    const types = [...new Set([...found, 'AWS::CDK::Metadata'])];
    if (this.thread.prepare(types)) rememberTypes(types);
  }

  /** Hands over the templates; `validate` then waits for the answer. */
  begin(templates: Templates): void {
    this.thread.begin(templates);
    this.begun = true;
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    if (!this.begun) this.begin(context);
    this.begun = false;
    const answer = this.thread.answer();
    if (answer === undefined) throw new Error('templates were not validated: their thread ended, or did not answer');
    if ('error' in answer) throw new Error(`templates could not be validated: ${answer.error}`);
    this.answered = answer.version;
    return answer.report;
  }
}
