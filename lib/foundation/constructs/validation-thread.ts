// Imports nothing of the CDK: it is there to be started before that is loaded.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { IPolicyValidationContext, PolicyValidationPluginReport } from 'aws-cdk-lib/core';

export type ValidationAnswer =
  { readonly report: PolicyValidationPluginReport; readonly version: string } | { readonly error: string };
export type Templates = Pick<IPolicyValidationContext, 'templatePaths' | 'stackTemplates'>;

/** Milliseconds until validation is taken to have failed: a hundred times what it takes. */
const LONGEST_VALIDATION = 300_000;

// The engine is WebAssembly that runs for a second or two: compiling it a second time, optimized, costs more than the
// optimized code saves (a fifth of a synthesis, measured with aws-cdk-lib 2.276 on Node 20).
setFlagsFromString('--liftoff-only');

/** The thread in which templates are validated. */
export class ValidationThread {
  private readonly done = new Int32Array(new SharedArrayBuffer(4));
  private readonly channel = new MessageChannel();
  private readonly worker = new Worker(join(__dirname, 'validation-thread-worker.cjs'), {
    workerData: { done: this.done, port: this.channel.port2 },
    transferList: [this.channel.port2],
    // It is plain JavaScript: no need to load tsx again.
    execArgv: [],
  });
  private readonly folder = mkdtempSync(join(tmpdir(), 'ishizue-'));

  constructor() {
    // An app that is built and not synthesized must not keep the process alive.
    this.worker.unref();
    process.once('exit', () => {
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** Starts the engine with the rules for these types of resources, by letting it validate a template with one of each. */
  prepare(types: Iterable<string>): void {
    const resources = Object.fromEntries([...types].map((type, index) => [`R${index}`, { Type: type }]));
    const templatePath = join(this.folder, 'types.template.json');
    writeFileSync(templatePath, JSON.stringify({ Resources: resources }));
    this.post(
      {
        templatePaths: [templatePath],
        stackTemplates: [{ stackConstructPath: '', templatePath, accountId: undefined, region: undefined }],
      },
      false,
    );
  }

  /** Hands over the templates; `answer` then waits for what is found in them. */
  begin({ templatePaths, stackTemplates }: Templates): void {
    this.post({ templatePaths, stackTemplates }, true);
  }

  /** Undefined if the thread has ended, or does not answer. */
  answer(): ValidationAnswer | undefined {
    Atomics.wait(this.done, 0, 0, LONGEST_VALIDATION);
    return receiveMessageOnPort(this.channel.port1)?.message as ValidationAnswer | undefined;
  }

  private post(context: Templates, answer: boolean): void {
    if (answer) Atomics.store(this.done, 0, 0);
    this.worker.postMessage({ context, answer });
  }
}

let early: ValidationThread | undefined;

/**
 * Starts the thread for whoever takes it, and its engine, which needs longer than a second for that. Called as the first thing
 * of a process it costs the process nothing, because everything else is loaded meanwhile.
 */
export function startValidationThread(): void {
  early ??= new ValidationThread();
  // Every template of the CLI has one.
  early.prepare(['AWS::CDK::Metadata']);
}

/** The thread that was started, or a new one. */
export function takeValidationThread(): ValidationThread {
  const taken = early ?? new ValidationThread();
  early = undefined;
  return taken;
}
