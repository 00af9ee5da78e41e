import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import {
  CfnResource,
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

type Answer = { readonly report: PolicyValidationPluginReport; readonly version: string } | { readonly error: string };
type Templates = Pick<IPolicyValidationContext, 'templatePaths' | 'stackTemplates'>;

/** Milliseconds until validation is taken to have failed: a hundred times what it takes. */
const LONGEST_VALIDATION = 300_000;

/**
 * CloudFormation's template rules, as the CDK runs them by default, but in a thread of their own: their engine takes more
 * than a second to start, and does so while the main thread synthesizes. Being the CDK's plugin it takes the place of the
 * built-in one, so that `--no-validation` does not reach it.
 */
export class TemplateValidation extends CloudFormationValidatePlugin {
  private readonly done = new Int32Array(new SharedArrayBuffer(4));
  private readonly channel = new MessageChannel();
  private readonly worker = new Worker(join(__dirname, 'template-validation-worker.cjs'), {
    workerData: { done: this.done, port: this.channel.port2 },
    transferList: [this.channel.port2],
    // It is plain JavaScript: no need to load tsx again.
    execArgv: [],
  });
  private answered: string | undefined;
  private begun = false;

  constructor() {
    super();
    // An app that is built and not synthesized must not keep the process alive.
    this.worker.unref();
  }

  /** The release of the rules, known once they have answered. */
  override get version(): string {
    return this.answered ?? '';
  }

  /** Starts the engine with the rules for the app's resources, by letting it validate a template with one of each type. */
  prepare(app: IConstruct): void {
    const types = new Set(
      app.node.findAll().flatMap((node) => (CfnResource.isCfnResource(node) ? [node.cfnResourceType] : [])),
    );
    // Added by the CLI's wish, after the app is built.
    types.add('AWS::CDK::Metadata');
    const resources = Object.fromEntries([...types].map((type, index) => [`R${index}`, { Type: type }]));
    const folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    const templatePath = join(folder, 'types.template.json');
    writeFileSync(templatePath, JSON.stringify({ Resources: resources }));
    this.post(
      {
        templatePaths: [templatePath],
        stackTemplates: [{ stackConstructPath: '', templatePath, accountId: undefined, region: undefined }],
      },
      false,
    );
  }

  /** Hands over the templates; `validate` then waits for the answer. */
  begin({ templatePaths, stackTemplates }: Templates): void {
    this.post({ templatePaths, stackTemplates }, true);
    this.begun = true;
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    if (!this.begun) this.begin(context);
    this.begun = false;
    Atomics.wait(this.done, 0, 0, LONGEST_VALIDATION);
    const answer = receiveMessageOnPort(this.channel.port1)?.message as Answer | undefined;
    if (answer === undefined) throw new Error('templates were not validated: their thread ended, or did not answer');
    if ('error' in answer) throw new Error(`templates could not be validated: ${answer.error}`);
    this.answered = answer.version;
    return answer.report;
  }

  private post(context: Templates, answer: boolean): void {
    if (answer) Atomics.store(this.done, 0, 0);
    this.worker.postMessage({ context, answer });
  }
}
