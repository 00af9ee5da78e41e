// `npm run test:app`: runs the pipeline's buildspecs on this machine, and serves what they make.
process.env.CDK_VALIDATION = 'false';

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, follow, runCommand, type BuildCommand } from '../../lib/foundation/command';
import { renderTable } from '../../lib/foundation/table';
import { artifactFiles, bundleFaults, copyFiles } from './artifact';
import { asScript, readBuildspec, type Buildspec } from './buildspec';
import { isRepositoryReachable, writeStandIns } from './composer-home';
import { synthesizedProjects, type Project } from './projects';
import { checkSite } from './site';
import { findTools, type Tools } from './tools';

const AFTER_HELP = `Installs nothing. Needs PHP with curl and xml, Composer, PHPUnit, zip and unzip: .ci/install-php brings them to a Debian.

Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 a tool is missing.
`;

const APP = join(__dirname, '../../lib/web/app');

const build: BuildCommand = (exit) =>
  command(
    'test:app',
    "Runs the buildspecs of an environment's pipeline as CodeBuild would, checks the bundle that they make, and serves it.",
    AFTER_HELP,
  )
    .argument('[environment]', 'one of lib/environments', 'dev')
    .action(async (environment) => {
      exit(await testApp(environment));
    });

async function testApp(environment: string): Promise<number> {
  const tools = findTools();
  if ('missing' in tools) {
    process.stderr.write(`test:app: not here: ${tools.missing.join(', ')}; .ci/install-php brings them to a Debian\n`);
    return 3;
  }
  print(tools.releases.join('\n'));
  const folder = mkdtempSync(join(tmpdir(), 'test-app-'));
  try {
    return await buildAndServe(environment, folder, tools);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function buildAndServe(environment: string, folder: string, tools: Tools): Promise<number> {
  const composerHome = join(folder, 'composer');
  mkdirSync(composerHome);
  if (!(await isRepositoryReachable())) {
    print(
      "Composer's repository cannot be reached: empty packages stand in for the AWS SDK, and PHPUnit is the machine's.",
    );
    writeStandIns(composerHome);
  }
  const bundle = join(folder, 'bundle');
  for (const project of synthesizedProjects(environment)) {
    const source = join(folder, project.name);
    cpSync(APP, source, { recursive: true, filter: (path) => !/\/(vendor|reports|composer\.lock)$/.test(path) });
    const buildspec = readBuildspec(readFileSync(join(source, project.buildspec), 'utf8'), project.buildspec);
    print(`\n== ${project.name}: ${project.buildspec}`);
    const variables = {
      ...codeBuildVariables(project, source, bundle),
      ...buildspec.env?.variables,
      ...project.variables,
      ...ownPhp(project, tools),
      COMPOSER_HOME: composerHome,
      COMPOSER_CACHE_DIR: join(folder, 'cache'),
    };
    if (!runPhases(buildspec, source, variables, folder)) return 1;
    if (!collectReports(buildspec, source)) return 1;
    if (buildspec.artifacts !== undefined && !pack(buildspec.artifacts.files, source, bundle, folder)) return 1;
  }
  return await serve(bundle);
}

/** Source: "Environment variables in build environments", CodeBuild User Guide. */
function codeBuildVariables({ name, variables }: Project, source: string, bundle: string): Record<string, string> {
  return {
    CI: 'true',
    AWS_REGION: 'ap-northeast-1',
    AWS_DEFAULT_REGION: 'ap-northeast-1',
    CODEBUILD_BUILD_ID: `${name}:00000000-0000-0000-0000-000000000000`,
    CODEBUILD_BUILD_NUMBER: '1',
    CODEBUILD_INITIATOR: 'codepipeline/test',
    CODEBUILD_RESOLVED_SOURCE_VERSION: '0'.repeat(40),
    CODEBUILD_SRC_DIR: source,
    CODEBUILD_START_TIME: String(Date.now()),
    // The bundle of the stage before, where the stage gets it.
    ...(variables.BUNDLE_ARTIFACT === undefined ? {} : { [`CODEBUILD_SRC_DIR_${variables.BUNDLE_ARTIFACT}`]: bundle }),
  };
}

/** The buildspecs insist on the platform's PHP; here any will do, as long as it is said. */
function ownPhp({ variables }: Project, { phpVersion }: Tools): Record<string, string> {
  const { PHP_PLATFORM: wanted } = variables;
  if (wanted === undefined || wanted === phpVersion) return {};
  print(`The platform has PHP ${wanted}; here it is PHP ${phpVersion}.`);
  return { PHP_PLATFORM: phpVersion };
}

function runPhases(buildspec: Buildspec, cwd: string, variables: Record<string, string>, folder: string): boolean {
  const script = join(folder, 'phases.sh');
  writeFileSync(script, asScript(buildspec));
  // Nothing of this process's environment but where programs are.
  const env = { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', ...variables };
  const { status } = spawnSync('sh', [script], { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return status === 0;
}

function collectReports({ reports = {} }: Buildspec, source: string): boolean {
  for (const [name, report] of Object.entries(reports)) {
    for (const file of report.files) {
      const xml = readFileSync(join(source, report['base-directory'], file), 'utf8');
      const tests = Number(/<testsuite [^>]*tests="(\d+)"/.exec(xml)?.[1] ?? 0);
      print(`\nReport ${name}: ${tests} tests`);
      if (tests === 0) return false;
    }
  }
  return true;
}

/** As CodeBuild and Beanstalk do: zipped by the one, unpacked by the other. */
function pack(patterns: readonly string[], source: string, bundle: string, folder: string): boolean {
  const files = artifactFiles(source, patterns);
  const faults = bundleFaults(files);
  for (const fault of faults) print(`Bundle: ${fault}`);
  if (faults.length > 0) return false;
  const staging = join(folder, 'artifact');
  const zip = join(folder, 'bundle.zip');
  copyFiles(files, source, staging);
  const packed = spawnSync('zip', ['-q', '-r', zip, '.'], { cwd: staging, stdio: 'inherit' }).status;
  const unpacked = spawnSync('unzip', ['-q', zip, '-d', bundle], { stdio: 'inherit' }).status;
  print(`\nBundle: ${files.length} files`);
  return packed === 0 && unpacked === 0;
}

async function serve(bundle: string): Promise<number> {
  if (!existsSync(bundle)) {
    print('No buildspec has made a bundle.');
    return 1;
  }
  print('\n== the site');
  const answered = await checkSite(bundle);
  print(
    renderTable(
      ['request', 'status', ''],
      answered.map(({ name, status, fault }) => [name, status, fault || 'ok']),
    ),
  );
  return answered.every(({ fault }) => fault === '') ? 0 : 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (require.main === module) void runCommand('test:app', (args) => follow(build, args));
