import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { throwIfAny, type Problem } from '../foundation/problem';
import { suggestOneOf } from '../foundation/suggestion';
import { writeTogether, type TextFile } from '../foundation/write-together';
import { addToIndex, deriveEnvironment, type NewEnvironment } from './derive-environment';
import { picturesOf } from './pictures';
import { environmentSchema, type EnvironmentInput } from './schema';
import { findMistakes, nameOf, validateEnvironments } from './validate';
import { snapshotsWith } from './write-snapshots';

const FOLDER = 'lib/environments';
const INDEX = `${FOLDER}/index.ts`;

/** What a person asks for. */
export interface EnvironmentRequest extends NewEnvironment {
  /** The environment that all else is taken from. */
  readonly from: string;
}

/** What was written, by path from the root of the repository, and what is left to a person. */
export interface AddedEnvironment {
  readonly written: readonly string[];
  /** Lines of the new file that still name the environment that it was derived from. */
  readonly mentions: readonly { readonly line: number; readonly text: string }[];
}

/**
 * Adds an environment to the repository: its file, its word in the list, its pictures and snapshots. Writes all of it or
 * nothing.
 *
 * @param root of the repository
 * @param inputs the environments that there are, as written
 * @param progress is told, in a line, what takes some seconds
 * @throws {ProblemsError} for everything that is wrong with the request, before anything is written
 * @throws {EnvironmentMistakes} if the environments that there are have mistakes
 */
export async function addEnvironment(
  root: string,
  inputs: readonly EnvironmentInput[],
  request: EnvironmentRequest,
  progress: (line: string) => void,
): Promise<AddedEnvironment> {
  const { name, from, cidr } = request;
  throwIfAny(requestProblems(root, inputs, request));
  validateEnvironments(inputs);
  const derived = derivedInput(inputs, request);
  throwIfAny(findMistakes([...inputs, derived]).mistakes.map(({ problem }) => problem));

  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const source = deriveEnvironment(read(`${FOLDER}/${from}.ts`), `${FOLDER}/${from}.ts`, { name, cidr });
  const files: TextFile[] = [
    { path: `${FOLDER}/${name}.ts`, content: source },
    { path: INDEX, content: format(root, INDEX, addToIndex(read(INDEX), INDEX, name)) },
    ...picturesOf(environmentSchema.parse(derived)).map(({ path, svg }) => ({ path, content: svg })),
  ];
  progress('Writing its snapshots, which takes some seconds …');
  const all = [...files, ...(await snapshotsWith(root, files))];
  writeTogether(
    all.map(({ path, content }) => ({ path: join(root, path), content })),
    'add-environment',
  );
  return { written: all.map(({ path }) => path), mentions: mentionsOf(from, source) };
}

function requestProblems(root: string, inputs: readonly unknown[], { name, from }: EnvironmentRequest): Problem[] {
  const known = inputs.flatMap((input) => nameOf(input) ?? []);
  const problems: Problem[] = [];
  if (known.includes(name)) {
    problems.push({ path: 'name', value: name, reason: 'is an environment already', remedy: 'choose another name' });
  } else if (/^[\w-]+$/.test(name) && existsSync(join(root, FOLDER, `${name}.ts`))) {
    const reason = `has a file in ${FOLDER} already`;
    problems.push({ path: 'name', value: name, reason, remedy: 'choose another name, or remove the file' });
  }
  if (!known.includes(from)) {
    problems.push({ path: '--from', value: from, reason: 'is not an environment', remedy: suggestOneOf(from, known) });
  } else if (!existsSync(join(root, FOLDER, `${from}.ts`))) {
    const reason = `is not in ${FOLDER}/${from}.ts, where it would be read from`;
    problems.push({ path: '--from', value: from, reason, remedy: 'name its file after it' });
  }
  return problems;
}

/** The new environment as its file will say it. */
function derivedInput(inputs: readonly EnvironmentInput[], { name, from, cidr }: EnvironmentRequest): EnvironmentInput {
  const base = inputs.find((input) => nameOf(input) === from);
  if (base === undefined) throw new Error(`${from} was there a moment ago`);
  return { ...base, name, network: { ...base.network, cidr } };
}

/** As `npm run format` would have it: a list that has grown too long for its line is broken. */
function format(root: string, path: string, text: string): string {
  const prettier = require.resolve('prettier/bin/prettier.cjs');
  return execFileSync(process.execPath, [prettier, '--stdin-filepath', join(root, path)], { input: text }).toString();
}

function mentionsOf(name: string, source: string): { line: number; text: string }[] {
  const word = new RegExp(`(?<![\\w-])${name}(?![\\w-])`);
  return source
    .split('\n')
    .map((text, index) => ({ line: index + 1, text: text.trim() }))
    .filter(({ text }) => word.test(text));
}
