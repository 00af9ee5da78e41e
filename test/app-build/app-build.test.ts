import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactFiles, bundleFaults } from './artifact';
import { asScript, readBuildspec } from './buildspec';
import { synthesizedProjects } from './projects';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'app-build-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a buildspec prints, and its exit code. */
function runPhases(phases: object): { code: number | null; out: string } {
  const script = asScript(readBuildspec(JSON.stringify({ version: 0.2, phases }), 'buildspec.yml'));
  const { status, stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8', cwd: folder });
  return { code: status, out: stdout.replace(/^(\+ .*|-- .*)?\n/gm, '').trim() };
}

describe('phases', () => {
  test('run in their order, in one shell', () => {
    const finished = runPhases({
      post_build: { commands: ['echo "after $x"'] },
      build: { commands: ["x='it''s 1'", 'echo "build $x"; cd /'] },
      install: { commands: ['x=0', 'echo install', 'echo "still $x"'] },
      pre_build: { commands: ['echo "pre $x"'] },
    });
    expect(finished).toEqual({ code: 0, out: 'install\nstill 0\npre 0\nbuild its 1\nafter its 1' });
  });

  test('end at the first command that fails', () => {
    expect(runPhases({ install: { commands: ['false', 'echo no'] }, build: { commands: ['echo no'] } })).toEqual({
      code: 1,
      out: '',
    });
  });

  test('a failed build is followed by post_build, and has failed all the same', () => {
    const post_build = { commands: ['echo after'] };
    expect(runPhases({ build: { commands: ['(exit 7)'] }, post_build })).toEqual({ code: 7, out: 'after' });
    const abort = { 'on-failure': 'ABORT', commands: ['(exit 7)'] };
    expect(runPhases({ build: abort, post_build })).toEqual({ code: 7, out: '' });
  });
});

test('what is not understood is refused, not passed over', () => {
  const spec = { version: 0.2, phases: { build: { finally: ['x'], commands: ['x'] } }, batch: {} };
  expect(() => readBuildspec(JSON.stringify(spec), 'buildspec.yml')).toThrow(/buildspec\.yml\.batch: is not a setting/);
  expect(() => readBuildspec(JSON.stringify(spec), 'buildspec.yml')).toThrow(
    /phases\.build\.finally: is not a setting/,
  );
});

test('artifacts are the files that are named, and a name without a file is an error', () => {
  mkdirSync(join(folder, 'src/deep/.hidden'), { recursive: true });
  for (const file of ['a.json', 'src/b.php', 'src/deep/.hidden/c', 'other']) writeFileSync(join(folder, file), '');
  expect(artifactFiles(folder, ['a.json', 'src/**/*'])).toEqual(['a.json', 'src/b.php', 'src/deep/.hidden/c']);
  expect(() => artifactFiles(folder, ['gone.json'])).toThrow('gone.json names no file');
  expect(() => artifactFiles(folder, ['gone/**/*'])).toThrow('gone/**/* names no file');
  expect(() => artifactFiles(folder, ['*.json'])).toThrow('is not understood here');
});

test('a bundle holds the application and its libraries, and no tests', () => {
  const good = ['composer.json', 'public/index.php', 'src/App.php', 'vendor/autoload.php', 'src/tests/x.php'];
  expect(bundleFaults(good)).toEqual([]);
  expect(bundleFaults([...good.slice(0, 3), 'tests/AppTest.php', 'buildspec.build.yml'])).toEqual([
    'vendor/autoload.php is not in the bundle',
    'tests/AppTest.php is in the bundle',
    'buildspec.build.yml is in the bundle',
  ]);
});

test('the projects of the pipeline name buildspecs that are there and understood, and report where there is a group', () => {
  const app = join(__dirname, '../../lib/web/app');
  const projects = synthesizedProjects('prod');
  expect(projects.map(({ buildspec }) => buildspec)).toEqual(['buildspec.build.yml', 'buildspec.test.yml']);
  for (const { buildspec } of projects) {
    expect(readdirSync(app)).toContain(buildspec);
    expect(() => readBuildspec(readFileSync(join(app, buildspec), 'utf8'), buildspec)).not.toThrow();
  }
});

test('without PHP it says what is missing, and exits 3', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, 'test-app.ts')], {
    encoding: 'utf8',
    env: { PATH: folder },
  });
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toBe(
    'test:app: not here: php, composer, phpunit, zip, unzip; .ci/install-php brings them to a Debian\n',
  );
}, 30_000);
