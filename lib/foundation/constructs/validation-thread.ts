// Imports nothing of the CDK: it is there to be started before that is loaded.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
  private readonly prepared = new Set<string>();

  constructor() {
    // An app that is built and not synthesized must not keep the process alive.
    this.worker.unref();
    process.once('exit', () => {
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /**
   * Starts the engine with the rules for these types of resources, by letting it validate a template with one of each. An
   * engine that has them already is not started again.
   *
   * @returns whether it had not
   */
  prepare(types: readonly string[]): boolean {
    if (types.every((type) => this.prepared.has(type))) return false;
    for (const type of types) this.prepared.add(type);
    const resources = Object.fromEntries([...this.prepared].map((type, index) => [`R${index}`, { Type: type }]));
    const templatePath = join(this.folder, 'types.template.json');
    writeFileSync(templatePath, JSON.stringify({ Resources: resources }));
    this.post(
      {
        templatePaths: [templatePath],
        stackTemplates: [{ stackConstructPath: '', templatePath, accountId: undefined, region: undefined }],
      },
      false,
    );
    return true;
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
 * of a process it costs the process nothing, because everything else is loaded meanwhile. Which rules will be needed is known
 * only later; those of the last time are likely, and what is missing then is loaded then.
 */
export function startValidationThread(): void {
  early ??= new ValidationThread();
  early.prepare(lastTypes() ?? ['AWS::CDK::Metadata']);
}

/** The types of resources of the last app. A hint: without it, or with a wrong one, synthesis is slower and the same. */
const LAST_TYPES = join(__dirname, '../../../node_modules/.cache/ishizue/resource-types.json');

function lastTypes(): string[] | undefined {
  try {
    const types: unknown = JSON.parse(readFileSync(LAST_TYPES, 'utf8'));
    return Array.isArray(types) && types.length > 0 ? types.filter((type) => typeof type === 'string') : undefined;
  } catch {
    return undefined;
  }
}

export function rememberTypes(types: readonly string[]): void {
  try {
    mkdirSync(dirname(LAST_TYPES), { recursive: true });
    // Whole or not at all, for another process that reads it.
    writeFileSync(`${LAST_TYPES}.${process.pid}`, JSON.stringify(types));
    renameSync(`${LAST_TYPES}.${process.pid}`, LAST_TYPES);
  } catch {
    // Nobody needs it.
  }
}

/** The thread that was started, or a new one. */
export function takeValidationThread(): ValidationThread {
  const taken = early ?? new ValidationThread();
  early = undefined;
  return taken;
}
