import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/run';

/** What is mutated together, and the tests that should notice. */
export interface Room {
  /** Files, by paths from the root. */
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

export const ROOM_NAMES = [
  'network',
  'foundation',
  'firewall',
  'stream',
  'web',
  'delivery',
  'environments',
  'access',
  'preflight',
  'connect',
  'review',
] as const;
export type RoomName = (typeof ROOM_NAMES)[number];

/** What knows constructs: templates are held against gates and snapshots, which would take minutes for each mutant. */
const USES_CDK = /-stack\.ts$|(^|\/)constructs\/|^lib\/environments\/(create-environment|build-app)\.ts$/;
/** What is all amounts, and is meant to be edited: a test that knew these would be their copy. */
const EDITED = /^lib\/environments\/(dev|prod|index)\.ts$|^lib\/web\/app\//;
/** Tests of templates take seconds each time, for the same reason; one is about the run of all tests. */
const LEFT_OUT =
  /(-stack|\/(snapshots|delivery-target|buildspecs|app|template-validation|temporary-folder))\.test\.ts$/;
/** Tests in other folders that are a room's own. (Those of commands start programs, and take ten seconds each.) */
const ELSEWHERE: Readonly<Partial<Record<RoomName, readonly string[]>>> = {
  network: ['test/environments/validate.test.ts'],
  foundation: ['test/environments/validate.test.ts'],
};

/** The pure modules of a capability, and the tests that should notice a change to them. */
export function room(name: RoomName): Room {
  const sources = filesUnder(`lib/${name}`).filter((file) => !USES_CDK.test(file) && !EDITED.test(file));
  const tests = filesUnder(`test/${name}`).filter((file) => file.endsWith('.test.ts') && !LEFT_OUT.test(file));
  return { sources, tests: [...tests, ...(ELSEWHERE[name] ?? [])] };
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => `${folder}/${file}`)
    .sort();
}
