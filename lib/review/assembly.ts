import { realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { readRegular } from '../foundation/files';
import { repeatedKeys } from '../foundation/repeated-keys';
import { ProblemsError, type Problem } from '../foundation/problem';
import { isRecord } from '../foundation/settings';
import { canonical } from './canonical';
import type { Fields } from './fields';
import { readTemplate, type Resource, type Template } from './template';

export interface Stack {
  /** As the CDK's command line selects it: `dev-Network`, `Prod/Network`; nested ones follow their parent and a slash. */
  readonly id: string;
  /** What CloudFormation knows it by, in its account and region. */
  readonly stackName: string;
  /** `unknown-account` where the app leaves it open. */
  readonly account: string;
  readonly region: string;
  /** Undefined where it is not known. */
  readonly terminationProtection: boolean | undefined;
  readonly tags: Fields;
  readonly template: Template;
  /** The file's text: equal texts need no comparison. */
  readonly text: string;
  /** The ID of the stack that this one is a resource of. */
  readonly parent: string | undefined;
}

/** A cloud assembly: what `cdk synth` writes into `cdk.out`. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  /** Hashes of files and images, as its asset manifests name them. */
  readonly assets: ReadonlySet<string>;
}

/** Deeper nesting is a cycle. */
const DEEPEST_NESTING = 10;

/**
 * Reads an assembly of any release of the CDK: stages, nested stacks, with or without a tree.
 *
 * @param label names it in problems: `base`, `head`
 * @throws {ProblemsError} with everything in it that cannot be read
 */
export function readAssembly(directory: string, label: string): Assembly {
  const reader = new Reader(directory, label);
  reader.readManifest(directory, 0);
  reader.refuseEmpty();
  if (reader.problems.length > 0) throw new ProblemsError(reader.problems);
  return reader;
}

class Reader implements Assembly {
  readonly stacks: Stack[] = [];
  readonly assets = new Set<string>();
  readonly problems: Problem[] = [];
  /** Files by the hash under which they are uploaded. */
  private readonly templates = new Map<string, string>();

  constructor(
    private readonly root: string,
    private readonly label: string,
  ) {}

  /** To see no stacks where there should be some looks like no changes. */
  refuseEmpty(): void {
    if (this.stacks.length > 0 || this.problems.length > 0) return;
    this.refuse(join(this.root, 'manifest.json'), 'names no stacks', 'name a folder that cdk synth wrote (cdk.out)');
  }

  readManifest(directory: string, depth: number): void {
    const manifest = this.readJson(join(directory, 'manifest.json'), 'name a folder that cdk synth wrote (cdk.out)');
    if (manifest === undefined) return;
    if (!isRecord(manifest.json) || !isRecord(manifest.json.artifacts ?? {})) {
      this.refuse(join(directory, 'manifest.json'), 'is not the manifest of a cloud assembly', 'synthesize it again');
      return;
    }
    const artifacts: [string, Fields][] = [];
    for (const [id, artifact] of Object.entries((manifest.json.artifacts ?? {}) as Fields)) {
      if (isRecord(artifact)) artifacts.push([id, artifact]);
      else
        this.refuse(
          join(directory, 'manifest.json'),
          `has ${JSON.stringify(id)}, which is no artifact`,
          'synthesize it again',
        );
    }
    // Assets first: they say where the templates of nested stacks are.
    for (const [id, artifact] of artifacts) {
      if (artifact.type === 'cdk:asset-manifest') {
        const file = isRecord(artifact.properties) ? textOf(artifact.properties.file) : undefined;
        this.readAssets(directory, file ?? `${id}.assets.json`);
      }
    }
    for (const [id, artifact] of artifacts) this.readArtifact(id, artifact, directory, depth);
  }

  private readArtifact(id: string, artifact: Fields, directory: string, depth: number): void {
    const properties = isRecord(artifact.properties) ? artifact.properties : {};
    if (artifact.type === 'cdk:cloud-assembly' && depth < DEEPEST_NESTING) {
      this.readManifest(join(directory, textOf(properties.directoryName) ?? id), depth + 1);
    }
    if (artifact.type === 'aws:cloudformation:stack') this.readStack(id, artifact, properties, directory);
  }

  private readAssets(directory: string, file: string): void {
    const manifest = this.readJson(join(directory, file))?.json;
    if (!isRecord(manifest)) return;
    for (const group of [manifest.files, manifest.dockerImages]) {
      for (const [hash, asset] of Object.entries(isRecord(group) ? group : {})) {
        this.assets.add(hash);
        const source = isRecord(asset) && isRecord(asset.source) ? textOf(asset.source.path) : undefined;
        if (source?.endsWith('.template.json') === true) this.templates.set(hash, join(directory, source));
      }
    }
  }

  private readStack(id: string, artifact: Fields, properties: Fields, directory: string): void {
    const [account, region] = (textOf(artifact.environment) ?? '').replace(/^aws:\/\//, '').split('/');
    const metadata = this.metadataOf(artifact, directory);
    this.readStackTemplate(join(directory, textOf(properties.templateFile) ?? `${id}.template.json`), metadata, {
      id: textOf(artifact.displayName) ?? id,
      stackName: textOf(properties.stackName) ?? id,
      account: textOf(account) ?? 'unknown-account',
      region: textOf(region) ?? 'unknown-region',
      terminationProtection: properties.terminationProtection === true,
      tags: isRecord(properties.tags) ? properties.tags : {},
      parent: undefined,
    });
  }

  private readStackTemplate(
    path: string,
    metadata: ReadonlyMap<string, string>,
    stack: Omit<Stack, 'template' | 'text'>,
  ): void {
    const read = this.readJson(path);
    if (read === undefined) return;
    const { template, problems } = readTemplate(read.json, metadata, this.name(path));
    this.problems.push(...problems);
    this.stacks.push({ ...stack, template, text: read.text });
    if (stack.id.split('/').length > DEEPEST_NESTING) return;
    for (const resource of template.resources.values()) {
      const { logicalId, type } = resource;
      const nested = type === 'AWS::CloudFormation::Stack' ? this.nestedTemplate(resource, dirname(path)) : undefined;
      // A template that was made somewhere else is not here.
      if (nested === undefined) continue;
      this.readStackTemplate(nested, new Map(), {
        ...stack,
        id: `${stack.id}/${logicalId}`,
        stackName: `${stack.stackName}/${logicalId}`,
        terminationProtection: undefined,
        tags: {},
        parent: stack.id,
      });
    }
  }

  /** By the metadata that the command line asks for, or by the hash in its address. */
  private nestedTemplate({ attributes, properties }: Resource, directory: string): string | undefined {
    const file = isRecord(attributes.Metadata) ? textOf(attributes.Metadata['aws:asset:path']) : undefined;
    if (file?.endsWith('.json') === true) return join(directory, file);
    const hash = /[0-9a-f]{64}/.exec(canonical(properties.TemplateURL))?.[0];
    return hash === undefined ? undefined : this.templates.get(hash);
  }

  /** Construct paths by logical ID. Newer releases keep them in a file of their own. Only of use where templates lack them. */
  private metadataOf(artifact: Fields, directory: string): ReadonlyMap<string, string> {
    const paths = new Map<string, string>();
    const file = textOf(artifact.additionalMetadataFile);
    const extra = file === undefined ? undefined : this.readJson(join(directory, file), undefined, true)?.json;
    for (const metadata of [artifact.metadata, extra]) {
      for (const [path, entries] of Object.entries(isRecord(metadata) ? metadata : {})) {
        for (const entry of (Array.isArray(entries) ? entries : []) as unknown[]) {
          if (!isRecord(entry)) continue;
          if (entry.type === 'aws:cdk:logicalId' && typeof entry.data === 'string') paths.set(entry.data, path);
          // Before assets had manifests.
          if (entry.type === 'aws:cdk:asset' && isRecord(entry.data)) {
            for (const hash of [entry.data.id, entry.data.sourceHash]) {
              if (typeof hash === 'string') this.assets.add(hash);
            }
          }
        }
      }
    }
    return paths;
  }

  private readJson(
    path: string,
    remedy = 'synthesize it again',
    optional = false,
  ): { readonly text: string; readonly json: unknown } | undefined {
    try {
      const text = readRegular(this.inside(path))
        .toString('utf8')
        .replace(/^\uFEFF/, '');
      const json = JSON.parse(text) as unknown;
      for (const repeated of repeatedKeys(text)) this.refuse(path, `has ${repeated}`, remedy);
      return { text, json };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (optional && code === 'ENOENT') return undefined;
      const reason =
        error instanceof SyntaxError
          ? `is not JSON (${message.replace(/\s+/g, ' ')})`
          : `cannot be read (${code ?? message})`;
      this.refuse(path, reason, remedy);
      return undefined;
    }
  }

  /** An assembly may come from anybody: nothing outside of it is read. */
  private inside(path: string): string {
    const [root, real] = [realpathSync(this.root), realpathSync(path)];
    if (!real.startsWith(root + sep)) throw new Error('it is outside of the assembly');
    return real;
  }

  private refuse(path: string, reason: string, remedy: string): void {
    this.problems.push({ path: this.name(path), reason, remedy });
  }

  private name(path: string): string {
    return `${this.label}: ${relative(this.root, path)}`;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
