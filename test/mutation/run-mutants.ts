// `npm run test:mutation`: which changes to the code no test notices.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../../lib/foundation/command';
import { ROOT } from '../support/run';
import { EQUIVALENT_MUTANTS } from './equivalent-mutants';
import { mutationReport, THRESHOLD } from './mutation-report';
import { room, ROOM_NAMES, type RoomName } from './rooms';
import { testMutants } from './test-mutants';

const HELP = `Changes the pure modules of a capability in one place at a time, and shows each change to the tests. Lists the changes
that none of them notices, and the share for each file that they do.

  test:mutation [ROOM...]      ${ROOM_NAMES.join(', ')}; all, if none is named
    --file TEXT                only files whose path holds this

What no test can notice is in test/mutation/equivalent-mutants.ts, each with its reason.

Exit codes: 0 in each file ${THRESHOLD} % or more are noticed; 1 not; 2 wrong usage.
`;

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { file: { type: 'string', default: '' }, help: { type: 'boolean', short: 'h', default: false } },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const names = positionals.length === 0 ? ROOM_NAMES : positionals.map(roomName);
  let isEnough = true;
  for (const name of names) {
    const { sources, tests } = room(name);
    const chosen = sources.filter((file) => file.includes(values.file));
    if (chosen.length === 0) throw new UsageError(`${name} has no file like ${values.file}`);
    process.stdout.write(`\n${name}\n`);
    const folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
    try {
      const onProgress = process.stderr.isTTY ? showProgress : undefined;
      const tested = await testMutants({ sources: chosen, tests }, { root: ROOT, folder, onProgress });
      const report = mutationReport(tested, EQUIVALENT_MUTANTS);
      process.stdout.write(`${report.text}\n`);
      isEnough &&= report.isEnough;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return isEnough ? 0 : 1;
}

function roomName(text: string): RoomName {
  const name = ROOM_NAMES.find((candidate) => candidate === text);
  if (name === undefined) throw new UsageError(`there is no room "${text}": ${ROOM_NAMES.join(', ')}`);
  return name;
}

function showProgress(done: number, all: number): void {
  process.stderr.write(`\r${done} of ${all}${done === all ? '\n' : ''}`);
}

void runCommand('test:mutation', main);
