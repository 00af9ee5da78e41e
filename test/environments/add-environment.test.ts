import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addEnvironment } from '../../lib/environments/add-environment';
import { showAdded } from '../../lib/environments/add-environment-text';
import type { EnvironmentInput } from '../../lib/environments/schema';
import { formatProblem, ProblemsError } from '../../lib/foundation/problem';
import { dev } from '../../lib/environments/dev';
import { prod } from '../../lib/environments/prod';
import * as snapshots from '../../lib/environments/write-snapshots';
import { ROOT } from '../support/run';

const SNAPSHOT = 'test/environments/__snapshots__/snapshots.test.ts.snap';

const FOLDER = 'lib/environments';
/** Not the repository's own list, to which environments have been added. */
const INDEX =
  "import { dev } from './dev';\nimport { prod } from './prod';\n\nexport const environments = [dev, prod];\n";

let root: string;

// The test runner that writes snapshots is walked with README's commands (test/walk); here is all that is around it.
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ishizue-'));
  cpSync(join(ROOT, '.prettierrc.json'), join(root, '.prettierrc.json'));
  for (const folder of ['docs/pictures', 'test/environments/__snapshots__'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['dev.ts', 'prod.ts', 'schema.ts']) cpSync(join(ROOT, FOLDER, file), join(root, FOLDER, file));
  writeFileSync(join(root, FOLDER, 'index.ts'), INDEX);
  writeFileSync(join(root, SNAPSHOT), 'old');
  jest.spyOn(snapshots, 'snapshotsWith').mockResolvedValue([{ path: SNAPSHOT, content: 'new' }]);
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  jest.restoreAllMocks();
});

function add(
  change: object = {},
  inputs: readonly EnvironmentInput[] = [dev, prod],
): ReturnType<typeof addEnvironment> {
  const request = { name: 'staging', from: 'dev', cidr: '10.2.0.0/16', ...change };
  return addEnvironment(root, inputs, request, () => undefined);
}

function tree(): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]),
  );
}

async function refusal(adding: Promise<unknown>): Promise<string[]> {
  const error: unknown = await adding.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemsError)) throw new Error('it was not refused', { cause: error });
  return error.problems.map(formatProblem);
}

test('writes the file, the list, the pictures and the snapshots', async () => {
  const { written } = await add();
  expect(written).toEqual([
    'lib/environments/staging.ts',
    'lib/environments/index.ts',
    'docs/pictures/staging-address-plan.svg',
    'docs/pictures/staging-pipeline.svg',
    SNAPSHOT,
  ]);
  for (const path of written) expect(existsSync(join(root, path))).toBe(true);
  expect(readFileSync(join(root, 'docs/pictures/staging-address-plan.svg'), 'utf8')).toContain('10.2.0.0/16');
  expect(readFileSync(join(root, SNAPSHOT), 'utf8')).toBe('new');
});

test.each<[string, object, string]>([
  ['a bad name', { name: 'Staging_1' }, 'Staging_1.name: "Staging_1" is not a name of lower-case letters'],
  ['a name with a path in it', { name: '../staging' }, '../staging.name: "../staging" is not a name of lower-case'],
  ['an environment that exists', { name: 'prod' }, 'name: "prod" is an environment already; choose another name'],
  ['a file that exists', { name: 'schema' }, 'name: "schema" has a file in lib/environments already; choose another'],
  ['an unknown environment to start with', { from: 'dve' }, '--from: "dve" is not an environment; did you mean "dev"?'],
  ['no block', { cidr: 'x' }, 'staging.network.cidr: "x" is not an IPv4 CIDR block'],
  ['an overlapping block', { cidr: '10.1.128.0/17' }, 'prod.network.cidr'],
  ['a block that is too small for the tiers', { cidr: '10.2.0.0/24' }, 'staging.network.tiers'],
  ['rivals', { from: 'prod' }, 'staging.access.accountPreferences: true is claimed by prod, too'],
])('refuses %s, and writes nothing', async (_, change, message) => {
  const before = tree();
  expect((await refusal(add(change))).join('\n')).toContain(message);
  expect(tree()).toEqual(before);
  expect(snapshots.snapshotsWith).not.toHaveBeenCalled();
});

test('every mistake of the request at once', async () => {
  expect(await refusal(add({ name: 'dev', from: 'dve' }))).toHaveLength(2);
});

test('refuses while the environments that there are have mistakes', async () => {
  const broken = { ...prod, region: 'x' } as unknown as EnvironmentInput;
  expect((await refusal(add({}, [dev, broken]))).join()).toContain('prod.region: "x"');
});

test('writes nothing if a snapshot cannot be written, or a file', async () => {
  const before = tree();
  jest.spyOn(snapshots, 'snapshotsWith').mockRejectedValueOnce(new ProblemsError([]));
  await refusal(add());
  expect(tree()).toEqual(before);
  // The last of them.
  jest.spyOn(snapshots, 'snapshotsWith').mockResolvedValueOnce([{ path: 'no/such/folder/x.snap', content: '' }]);
  expect((await refusal(add())).join()).toContain('cannot be written (ENOENT)');
  expect(tree()).toEqual(before);
});

test('says what was done, which lines still name the other, and what comes next', () => {
  const added = { written: ['lib/environments/staging.ts'], mentions: [{ line: 3, text: "x: '/prod/y'," }] };
  expect(showAdded({ name: 'staging', from: 'prod', cidr: '10.2.0.0/16' }, added)).toMatchInlineSnapshot(`
    "Added staging: all of prod, with a name and a VPC block of its own. Written:
      lib/environments/staging.ts

    Lines that still name prod:
      lib/environments/staging.ts:3: x: '/prod/y',

    Next:
      edit lib/environments/staging.ts where staging is to differ (then: npm test -- -u, and read what changed)
      npm run synth
      npm test
      commit all of it"
  `);
});
