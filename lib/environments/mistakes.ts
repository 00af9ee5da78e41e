import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, ProblemsError, type Problem } from '../foundation/problem';
import { environmentSchema, type Environment } from './schema';

/** A setting at the top of an environment: `network`, `web`, `availabilityZones`. */
export type Part = keyof Environment;

/** A mistake, and whose it is. */
export interface Mistake {
  readonly problem: Problem;
  /** What problems call the environment: its name, or its place in the list (`environments[1]`). */
  readonly label: string;
  /** What stands behind the label: a part, a word that is none, or nothing where the environment itself is the mistake. */
  readonly part: string;
}

export const PARTS = Object.keys(environmentSchema.shape) as Part[];

/** Parts that are one setting stand together at the top of a file, and under one heading. */
const AREAS = [
  'network',
  'notices',
  'access',
  'stream',
  'firewall',
  'web',
  'delivery',
  'connect',
  'review',
] satisfies Part[];

/** Says of each problem which environment and which part of it have to be edited. */
export function locateMistakes(problems: readonly Problem[], labels: readonly string[]): Mistake[] {
  // A name may be the start of another, or of another's path; the longest is the one that is meant.
  const longestFirst = [...labels].sort((a, b) => b.length - a.length);
  return problems.map((problem) => {
    const label = longestFirst.find((each) => problem.path === each || problem.path.startsWith(`${each}.`)) ?? '';
    const part = /^\.?([^.[]*)/.exec(problem.path.slice(label.length))?.[1] ?? '';
    return { problem, label, part };
  });
}

/** Mistakes in the files of environments. Its message shows them by file and area, in the order of both. */
export class EnvironmentMistakes extends ProblemsError {
  /** @param others a line about mistakes that are not among these */
  constructor(mistakes: readonly Mistake[], labels: readonly string[], others?: string) {
    super(mistakes.map(({ problem }) => problem));
    this.name = 'EnvironmentMistakes';
    this.message = [showMistakes(mistakes, labels), ...(others === undefined ? [] : [others])].join('\n\n');
  }
}

/**
 * A heading for each file and area, and under it a line for each mistake: `dev.network.nat: …; …`. The path stands first
 * in its line, so that one mistake, or one environment, can be searched for.
 */
function showMistakes(mistakes: readonly Mistake[], labels: readonly string[]): string {
  const groups = labels.flatMap((label, index) =>
    ['', ...AREAS].flatMap((area) => {
      const group = mistakes
        .filter((mistake) => mistake.label === label && areaOf(mistake) === area)
        .sort((a, b) => rank(a) - rank(b));
      if (group.length === 0) return [];
      const heading = `${fileOf(label, index)}${area === '' ? '' : `, ${area}`}: ${count(group.length)}`;
      return [[heading, ...group.map(({ problem }) => formatProblem(problem))].join('\n')];
    }),
  );
  const files = new Set(mistakes.map(({ label }) => label)).size;
  const total = groups.length > 1 ? [`${count(mistakes.length)} in ${files} environment${files === 1 ? '' : 's'}`] : [];
  return [...groups, ...total].join('\n\n');
}

function areaOf({ part }: Mistake): string {
  return AREAS.find((area) => area === part) ?? '';
}

function rank({ part }: Mistake): number {
  return PARTS.findIndex((each) => each === part);
}

/** The file to edit: by its name if there is one of that name, by its place in the list otherwise. */
function fileOf(label: string, index: number): string {
  const isName = /^[\w-]+$/.test(label) && existsSync(join(__dirname, `${label}.ts`));
  return isName ? `lib/environments/${label}.ts` : `number ${index + 1} of the list in lib/environments/index.ts`;
}

/** `3 mistakes`. */
export function count(mistakes: number): string {
  return `${mistakes} mistake${mistakes === 1 ? '' : 's'}`;
}
