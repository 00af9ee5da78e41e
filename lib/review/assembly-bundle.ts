import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readRegular } from '../foundation/files';
import { ProblemsError } from '../foundation/problem';
import { isRecord } from '../foundation/settings';

/**
 * A cloud assembly in one file: gzipped JSON of names and texts. Unlike in a zip or a tar there is no place in it for a link, a
 * device, a mode or a path that leads out, which matters because it comes from the code of a pull request.
 */
const VERSION = 1;

/** 100 stacks of 200 resources are about 20 MiB unpacked. What is larger is meant to fill a disk or a memory. */
const LARGEST_PACKED = 32 * 1024 * 1024;
const LARGEST_UNPACKED = 128 * 1024 * 1024;
const MOST_FILES = 5_000;

/** Names that the CDK gives: no dot in front, so neither `..` nor anything hidden. */
const FILE_NAME = /^([A-Za-z0-9_][\w.-]{0,200}\/){0,5}[A-Za-z0-9_][\w.-]{0,200}\.json$/;

/** Not read by a comparison, and as large as all templates together. */
const LEFT_OUT = ['tree.json'];

/** The JSON files of an assembly, without assets. */
export function packAssembly(directory: string): Buffer {
  const files = jsonFiles(directory).map((path): [string, string] => [
    relative(directory, path).split(sep).join('/'),
    readRegular(path).toString('utf8'),
  ]);
  if (files.length === 0) refuse('DIR', directory, 'holds no JSON file', 'name a folder that cdk synth wrote');
  return gzipSync(JSON.stringify({ version: VERSION, files: Object.fromEntries(files) }));
}

function jsonFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      // Of symbolic links neither is true.
      if (entry.isDirectory()) return entry.name.startsWith('asset.') ? [] : jsonFiles(path);
      return entry.isFile() && entry.name.endsWith('.json') && !LEFT_OUT.includes(entry.name) ? [path] : [];
    });
}

/**
 * Writes what `packAssembly` packed into a folder that is not there yet. Nothing in it is believed: neither its size, nor a
 * name, nor that it is one.
 *
 * @throws {ProblemsError} before anything is written, unless a name is both a file and a folder
 */
export function unpackAssembly(packed: Buffer, directory: string): void {
  const files = filesOf(packed);
  try {
    mkdirSync(directory);
    for (const [name, text] of files) {
      const path = join(directory, name);
      mkdirSync(dirname(path), { recursive: true });
      // Never through or over something that is there.
      writeFileSync(path, text, { flag: 'wx' });
    }
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    refuse('DIR', directory, `cannot be written (${code})`, 'name a folder that is not there yet');
  }
}

function filesOf(packed: Buffer): [string, string][] {
  if (packed.length > LARGEST_PACKED) malformed(`is larger than ${LARGEST_PACKED} bytes`);
  const bundle = parse(packed);
  if (!isRecord(bundle) || bundle.version !== VERSION || !isRecord(bundle.files)) malformed('is not one');
  const files = Object.entries(bundle.files);
  if (files.length === 0 || files.length > MOST_FILES) malformed(`holds ${files.length} files, not 1 to ${MOST_FILES}`);
  return files.map(([name, text]) => {
    if (!FILE_NAME.test(name))
      malformed(`holds a file with a name that the CDK does not give: ${JSON.stringify(name)}`);
    if (typeof text !== 'string') malformed(`holds no text under ${name}`);
    return [name, text];
  });
}

function parse(packed: Buffer): unknown {
  try {
    // Stops before more than this is in memory, whatever the file says of its length.
    return JSON.parse(gunzipSync(packed, { maxOutputLength: LARGEST_UNPACKED }).toString('utf8')) as unknown;
  } catch (error) {
    return malformed(`cannot be unpacked (${(error as NodeJS.ErrnoException).code ?? 'not JSON'})`);
  }
}

function malformed(reason: string): never {
  return refuse('the packed assembly', undefined, reason, 'pack it again with review-assembly pack');
}

function refuse(path: string, value: string | undefined, reason: string, remedy: string): never {
  throw new ProblemsError([{ path, value, reason, remedy }]);
}
