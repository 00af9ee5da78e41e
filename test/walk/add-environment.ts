/**
 * Does what README says under "Environments", by command and by hand, each in a copy of the working tree, and runs the tests
 * that look at every environment. Not a Jest test: it takes a minute.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { addToIndex, deriveEnvironment } from '../../lib/environments/derive-environment';

const ROOT = join(__dirname, '../..');

/** In place of all tests: those that compare each environment with something that is kept. */
const KEPT =
  'test/environments/snapshots test/gates/acknowledgements test/network/address-plan-svg test/delivery/pipeline-svg';

/** The blocks of commands of a section of README, in their order. */
function blocksOf(readme: string, heading: string): string[][] {
  const section = readme.split(/^## /m).find((each) => each.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`README has no section "${heading}"`);
  return [...section.matchAll(/(?:^ {4}.*\n)+/gm)].map(([block]) =>
    block
      .trimEnd()
      .split('\n')
      .map((line) => line.trim()),
  );
}

/** What git would commit of the working tree. */
function copyTree(): string {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'ishizue-walk-')));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT });
  for (const path of listed.toString().split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(ROOT, path), join(copy, path));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** What the comment in README asks a person to do in an editor. */
function editByHand(copy: string): void {
  const at = (file: string): string => join(copy, 'lib/environments', file);
  const staging = deriveEnvironment(readFileSync(at('staging.ts'), 'utf8'), 'staging.ts', {
    name: 'staging',
    cidr: '10.2.0.0/16',
  });
  writeFileSync(at('staging.ts'), staging);
  writeFileSync(at('index.ts'), addToIndex(readFileSync(at('index.ts'), 'utf8'), 'index.ts', 'staging'));
}

function walk(block: readonly string[], test: string): void {
  const copy = copyTree();
  try {
    for (const line of block) {
      const command = line === 'npm test' ? test : line;
      process.stdout.write(`$ ${command}\n`);
      if (command.startsWith('# edit')) editByHand(copy);
      else execFileSync('bash', ['-c', command], { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
    }
    // What was added is part of the project: it is formatted as the rest is.
    execFileSync('npx', ['prettier', '--check', 'lib/environments'], {
      cwd: copy,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const blocks = blocksOf(readFileSync(join(ROOT, 'README.md'), 'utf8'), 'Environments');
const byCommand = blocks.find((block) => block.some((line) => line.includes('add-environment')));
const byHand = blocks.find((block) => block.some((line) => line.startsWith('# edit')));
if (byCommand === undefined || byHand === undefined) throw new Error('README says no more how to add an environment');
// The command has written every snapshot, and nothing is left to write; by hand, it is `npm test` that writes them.
walk(byCommand, `npm test -- --ci test/environments ${KEPT}`);
walk(byHand, `npm test -- --ci=false ${KEPT}`);
