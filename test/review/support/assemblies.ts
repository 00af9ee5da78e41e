import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Assembly } from '../../../lib/review/assembly';
import type { Finding } from '../../../lib/review/finding';
import { compareAssemblies } from '../../../lib/review/compare';
import { readTemplate } from '../../../lib/review/template';

type Json = Record<string, unknown>;

/** An assembly of one stack, as if read. */
export function assemblyOf(template: Json): Assembly {
  const { template: read, problems } = readTemplate(template, new Map(), 'test');
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const stack = {
    id: 'app',
    stackName: 'app',
    account: 'unknown-account',
    region: 'ap-northeast-1',
    terminationProtection: false,
    tags: {},
    template: read,
    text: JSON.stringify(template),
    parent: undefined,
  };
  return { stacks: [stack], assets: new Set() };
}

export function findingsOf(before: Json, after: Json): readonly Finding[] {
  return compareAssemblies(assemblyOf({ Resources: before }), assemblyOf({ Resources: after })).findings;
}

const folders: string[] = [];

/** Files by their paths, in a folder of their own; `removeFolders` takes it away. */
export function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pr-diff-test-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A manifest with one stack, `app`. */
export function manifestOf(properties: Json = {}, more: Json = {}): Json {
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/ap-northeast-1',
    properties: { templateFile: 'app.template.json', ...properties },
  };
  return { version: '48.0.0', artifacts: { app: stack, ...more } };
}
