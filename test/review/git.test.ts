import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../bin/pr-diff';
import { call } from '../support/call';
import { ROOT, type Finished } from '../support/run';
import { folderOf, manifestOf, removeFolders } from './support/assemblies';

/** Stands for the CDK's command line: writes a template that says which commit, and which dependencies, made it. */
const FAKE_CDK = `
const fs = require('node:fs'), path = require('node:path');
const out = process.argv[process.argv.indexOf('--output') + 1];
fs.appendFileSync(process.env.SYNTH_LOG, process.cwd() + ' ' + process.argv.slice(2).join(' ') + '\\n');
const app = JSON.parse(fs.readFileSync('app.json', 'utf8'));
if (app.fails) { console.error('\\u001b[31mdev.network.cidr: "10.0.0.0/8" is a /8\\u001b[0m'); process.exit(1); }
const go = () => {
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(path.join(out, 'manifest.json'), ${JSON.stringify(JSON.stringify(manifestOf()))});
  fs.writeFileSync(path.join(out, 'app.template.json'), JSON.stringify({ Resources: { Topic: {
    Type: 'AWS::SNS::Topic', Properties: { DisplayName: app.name + (process.env.STAGE ?? ''), Secret: process.env.AWS_SECRET_ACCESS_KEY } } } }));
};
app.waits ? setTimeout(go, 60000) : go();
`;

let log: string;
let repository: string;

function git(...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: repository,
  }).toString();
}

function commit(files: Record<string, unknown>, message: string): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  git('add', '-A');
  git('commit', '-qm', message);
  return git('rev-parse', 'HEAD').trim();
}

/** In this process, which saves a second and a half each; the last test but one starts a process. */
async function prDiff(args: string[], env: Record<string, string> = {}): Promise<Finished> {
  const before = { cwd: process.cwd(), env: process.env };
  process.chdir(repository);
  process.env = { ...before.env, SYNTH_LOG: log, ...env };
  try {
    return await call('pr-diff', main, args);
  } finally {
    process.chdir(before.cwd);
    process.env = before.env;
  }
}

function synthesized(): string[] {
  return existsSync(log)
    ? readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
}

beforeEach(() => {
  const folder = folderOf({});
  log = join(folder, 'synth.log');
  repository = folderOf({ 'node_modules/aws-cdk/bin/cdk': FAKE_CDK });
  git('init', '-q', '-b', 'main');
  commit(
    {
      '.gitignore': 'node_modules\n',
      'cdk.json': {},
      'package-lock.json': { lockfileVersion: 3 },
      'app.json': { name: 'a' },
    },
    'first',
  );
});

afterAll(removeFolders);

const WORKTREES = (): string[] =>
  git('worktree', 'list', '--porcelain')
    .split('\n')
    .filter((line) => line.startsWith('worktree '));

test('the working tree against a commit; the commit is synthesized once, with the same dependencies', async () => {
  writeFileSync(join(repository, 'app.json'), '{"name":"b"}');
  const first = await prDiff(['--base', 'main', '--format', 'json'], { AWS_SECRET_ACCESS_KEY: 'secret' });
  expect(first.stderr).toBe('');
  const report = JSON.parse(first.stdout) as { findings: unknown[]; base: unknown };
  expect(report.findings).toMatchObject([{ details: [{ path: 'DisplayName', before: 'a', after: 'b' }] }]);
  expect(report.base).toEqual({ name: 'main', commit: git('rev-parse', 'main').trim() });
  expect(synthesized()).toHaveLength(2);
  for (const line of synthesized()) expect(line).toContain('synth --no-lookups --strict --quiet');
  expect(WORKTREES()).toHaveLength(1);

  expect((await prDiff(['--base', 'main', '--format', 'json'])).stdout).toBe(first.stdout);
  // Only the working tree again.
  expect(synthesized()).toHaveLength(3);
}, 60_000);

test('two commits; nothing of the working tree', async () => {
  const second = commit({ 'app.json': { name: 'b' } }, 'second');
  writeFileSync(join(repository, 'app.json'), '{"fails":true}');
  const { code, stdout } = await prDiff(['--base', 'HEAD~1', '--head', second, '--format', 'text']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/DisplayName +a +b/);
}, 60_000);

test('a base that does not synthesize is reported, in the format asked for, and leaves nothing', async () => {
  commit({ 'app.json': { fails: true } }, 'broken');
  writeFileSync(join(repository, 'app.json'), '{"name":"b"}');
  const { code, stdout, stderr } = await prDiff(['--base', 'main']);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^<!-- pr-diff -->\n## Infrastructure changes could not be compared\n/);
  expect(stdout).toContain('dev.network.cidr: "10.0.0.0/8" is a /8');
  expect(stdout).not.toContain('\u001b');
  expect(stderr).toContain('base (main, ');
  expect(WORKTREES()).toHaveLength(1);
  expect(readdirSync(join(repository, 'node_modules/.cache/pr-diff'))).toEqual([]);
}, 60_000);

test('another lock file: the base gets dependencies of its own', async () => {
  // A dependency that is a folder of the commit: no registry is asked.
  const dependency = (name: string): Record<string, unknown> => ({
    'package.json': { name: 'fixture', version: '1.0.0', dependencies: { 'aws-cdk': 'file:cdk' } },
    'package-lock.json': {
      name: 'fixture',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'fixture', version: '1.0.0', dependencies: { 'aws-cdk': 'file:cdk' } },
        'node_modules/aws-cdk': { resolved: 'cdk', link: true },
        cdk: { name: 'aws-cdk', version: '1.0.0' },
      },
    },
    'cdk/package.json': { name: 'aws-cdk', version: '1.0.0' },
    'cdk/bin/cdk': FAKE_CDK.replaceAll('app.name', JSON.stringify(name)),
  });
  commit(dependency('made by its own dependencies'), 'other dependencies');
  commit({ 'package-lock.json': { lockfileVersion: 3 } }, 'these dependencies');
  const { code, stdout } = await prDiff(['--base', 'HEAD~1', '--format', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    findings: [{ details: [{ before: 'made by its own dependencies', after: 'a' }] }],
  });
}, 60_000);

test('dependencies that cannot be installed are reported', async () => {
  commit({ 'package-lock.json': 'not a lock file', 'package.json': {} }, 'broken lock');
  writeFileSync(join(repository, 'package-lock.json'), '{"lockfileVersion":3}');
  const { code, stdout } = await prDiff(['--base', 'main']);
  expect(code).toBe(3);
  expect(stdout).toContain('its dependencies cannot be installed (npm ci)');
}, 60_000);

test.each([
  [['--base', 'origin/nowhere'], /there is no commit "origin\/nowhere" here; fetch it: git fetch origin nowhere/],
  [['--base', '--upload-pack=x'], /.*/],
])(
  '%j',
  async (args, expected) => {
    const { code, stderr } = await prDiff(args);
    expect([2, 3]).toContain(code);
    expect(stderr).toMatch(expected);
  },
  60_000,
);

test('outside of a repository', async () => {
  rmSync(join(repository, '.git'), { recursive: true });
  const { code, stderr } = await prDiff(['--base', 'main']);
  expect(code).toBe(3);
  expect(stderr).toContain('--base-assembly');
}, 60_000);

test('another environment is not served from the cache', async () => {
  const [dev, prod] = [
    await prDiff(['--base', 'main'], { STAGE: '-dev' }),
    await prDiff(['--base', 'main'], { STAGE: '-prod' }),
  ];
  for (const { stdout } of [dev, prod]) expect(stdout).toContain('No infrastructure changes');
  expect(synthesized()).toHaveLength(4);
  // Where a terminal stands, and what npm tells its scripts, is no other environment.
  await prDiff(['--base', 'main'], { STAGE: '-prod', PWD: '/elsewhere', npm_lifecycle_event: 'x', TERM: 'dumb' });
  expect(synthesized()).toHaveLength(5);
}, 60_000);

test('the lock file of an app in a folder is the one above it', async () => {
  commit(
    { 'app/cdk.json': {}, 'app/app.json': { name: 'a' }, 'package-lock.json': 'not a lock file', 'package.json': {} },
    'x',
  );
  commit({ 'package-lock.json': { lockfileVersion: 3 } }, 'these dependencies');
  const root = repository;
  renameSync(join(root, 'node_modules'), join(root, 'app/node_modules'));
  repository = join(root, 'app');
  const { code, stdout } = await prDiff(['--base', 'HEAD~1']);
  expect(code).toBe(3);
  expect(stdout).toContain('its dependencies cannot be installed (npm ci)');
  expect((await prDiff(['--base', 'HEAD'])).code).toBe(0);
}, 60_000);

test.each([
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)(
  '%s ends what was started and takes everything away',
  async (signal, expected) => {
    commit({ 'app.json': { waits: true } }, 'slow');
    const child = spawn(
      process.execPath,
      ['--import', join(ROOT, 'node_modules/tsx/dist/loader.mjs'), join(ROOT, 'bin/pr-diff.ts'), '--base', 'main'],
      { cwd: repository, env: { ...process.env, SYNTH_LOG: log } },
    );
    while (synthesized().length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(WORKTREES()).toHaveLength(2);
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(expected);
    expect(WORKTREES()).toHaveLength(1);
    expect(readdirSync(join(repository, 'node_modules/.cache/pr-diff'))).toEqual([]);
  },
  60_000,
);

test('a half-written assembly in the cache is not used', async () => {
  const cache = join(repository, 'node_modules/.cache/pr-diff');
  await prDiff(['--base', 'main', '--format', 'json']);
  const [kept] = readdirSync(cache);
  rmSync(join(cache, kept ?? '', 'manifest.json'));
  const { code } = await prDiff(['--base', 'main', '--format', 'json']);
  expect(code).toBe(0);
}, 60_000);
