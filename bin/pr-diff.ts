#!/usr/bin/env node
import { awsClients, PATIENCE } from '../lib/foundation/aws-clients';
import { command, follow, runCommand, UsageError, type BuildCommand, type Main } from '../lib/foundation/command';
import { writeWhole } from '../lib/foundation/files';
import { choiceOption, countOption } from '../lib/foundation/option';
import { ProblemsError } from '../lib/foundation/problem';
import { applyAllowFile, readAllowFile } from '../lib/review/allow-file';
import { readAssembly } from '../lib/review/assembly';
import { CannotCompare } from '../lib/review/cannot-compare';
import { compareAssemblies } from '../lib/review/compare';
import { readDeployed, type CloudFormation } from '../lib/review/deployed';
import { WORKING_TREE } from '../lib/review/git-assemblies';
import { renderFailure } from '../lib/review/render-failure';
import { renderHtml } from '../lib/review/render-html';
import { renderJson } from '../lib/review/render-json';
import { COMMENT_LENGTHS, renderMarkdown } from '../lib/review/render-markdown';
import { renderText } from '../lib/review/render-text';
import { exitCodeOf, FAIL_ON, makeReport, type FailOn, type Report } from '../lib/review/report';
import { provideSide, provideSides, type SideSource } from '../lib/review/sides';
import { Workspace } from '../lib/foundation/workspace';

const FORMATS = ['markdown', 'html', 'json', 'text'] as const;
type Format = (typeof FORMATS)[number];

/** Shorter comments have no room for a finding. */
const SHORTEST_REPORT = 2_000;

const AFTER_HELP = `Examples
  pr-diff --base origin/main
  pr-diff --base-assembly old/cdk.out --head-assembly cdk.out --format html --output review.html
  pr-diff --against deployed --fail-on destructive

Exit codes: 0 nothing forbidden; 1 a forbidden change, or an allow file with mistakes, expired or unused entries;
2 wrong usage; 3 could not compare.
`;

export const build: BuildCommand = (exit) =>
  command(
    'pr-diff',
    'What will this change do to the infrastructure? Compares two states of a CDK app, without AWS credentials.',
    AFTER_HELP,
  )
    .optionsGroup('What to compare')
    .option('--base <ref>', 'a branch, tag or commit; synthesized beside the working tree, and kept')
    .option('--head <ref>', 'the same, or . for the working tree as it is (the default)')
    .option('--base-assembly <folder>', 'what cdk synth wrote (cdk.out), of any CDK app')
    .option('--head-assembly <folder>', 'the same, for the head')
    .addOption(
      choiceOption('--against <what>', 'instead of a base: what is deployed; needs credentials, and only reads', [
        'deployed',
      ]),
    )
    .optionsGroup('What to show')
    .addOption(choiceOption('--format <format>', 'of the report', FORMATS).default('markdown' as const))
    .option('--output <file>', 'instead of standard output')
    .addOption(
      countOption(
        '--max-length <n>',
        `characters of Markdown, the most dangerous first (CodeCommit takes ${COMMENT_LENGTHS.codecommit})`,
        SHORTEST_REPORT,
      ).default(COMMENT_LENGTHS.github, `${COMMENT_LENGTHS.github}, as GitHub takes`),
    )
    .option('--all', 'asset hashes, metadata and template versions, too')
    .optionsGroup('What to forbid')
    .addOption(
      choiceOption('--fail-on <level>', 'each forbids those before it, too', [...FAIL_ON].reverse()).default(
        'never' as const,
      ),
    )
    .option(
      '--allow <file>',
      'accepted changes: a JSON list of stack, logicalId, change, danger, fingerprint, reason, expires',
    )
    .action(async (options) => {
      exit(await review(options));
    });

export const main: Main = (args) => follow(build, args);

interface Options {
  readonly base?: string;
  readonly head?: string;
  readonly baseAssembly?: string;
  readonly headAssembly?: string;
  readonly against?: 'deployed';
  readonly format: Format;
  readonly output?: string;
  readonly maxLength: number;
  readonly all?: true;
  readonly failOn: FailOn;
  readonly allow?: string;
}

async function review(options: Options): Promise<number> {
  const { format, failOn, allow, output } = options;
  checkSides(options);
  const entries = allow === undefined ? [] : readAllowFile(allow);
  const workspace = new Workspace();
  let text: string;
  let code: number;
  try {
    const report = await compare(options, workspace, (comparison) => {
      const today = new Date().toISOString().slice(0, 10);
      const { findings, problems } = applyAllowFile(comparison.findings, entries, today, allow ?? '');
      return { comparison: { ...comparison, findings }, failOn, allowProblems: problems };
    });
    [text, code] = [render(report, format, options.maxLength), exitCodeOf(report)];
  } catch (error) {
    const failure =
      error instanceof ProblemsError
        ? new CannotCompare('what is compared is malformed', error.message.split('\n'))
        : error;
    if (!(failure instanceof CannotCompare)) throw error;
    process.stderr.write(renderFailure(failure, 'text'));
    [text, code] = [format !== 'text' || output !== undefined ? renderFailure(failure, format) : '', 3];
  } finally {
    workspace.close();
  }
  // Not before: that it cannot be written says nothing about what is compared.
  print(text, output);
  return code;
}

type Judge = (comparison: ReturnType<typeof compareAssemblies>) => {
  readonly comparison: ReturnType<typeof compareAssemblies>;
  readonly failOn: FailOn;
  readonly allowProblems: Report['allowProblems'];
};

async function compare(values: Options, workspace: Workspace, judge: Judge): Promise<Report> {
  const options = { showAll: values.all ?? false };
  if (values.against !== undefined) {
    const head = await provideSide(headOf(values), 'head', workspace);
    const deployed = await readDeployed(readAssembly(head.directory, 'head'), clientOf);
    const { comparison, ...rest } = judge(compareAssemblies(deployed.base, deployed.head, options));
    return makeReport(comparison, { base: { name: 'deployed' }, head: head.side, remarks: deployed.remarks, ...rest });
  }
  const baseOf = { assembly: values.baseAssembly, commit: values.base };
  const [base, head] = await provideSides(baseOf, headOf(values), workspace);
  const compared = compareAssemblies(
    readAssembly(base.directory, 'base'),
    readAssembly(head.directory, 'head'),
    options,
  );
  const { comparison, ...rest } = judge(compared);
  return makeReport(comparison, { base: base.side, head: head.side, ...rest });
}

function headOf(values: Options): SideSource {
  return { assembly: values.headAssembly, commit: values.head };
}

function clientOf(region: string | undefined): CloudFormation {
  return awsClients.cloudFormation({ region, patience: PATIENCE.build });
}

function render(report: Report, format: Format, maxLength: number): string {
  switch (format) {
    case 'markdown':
      return renderMarkdown(report, maxLength);
    case 'html':
      return renderHtml(report);
    case 'json':
      return renderJson(report);
    case 'text':
      return renderText(report);
  }
}

function print(text: string, file: string | undefined): void {
  if (file === undefined) process.stdout.write(text);
  else writeWhole(file, text, '--output');
}

function checkSides({ base, head, against, baseAssembly, headAssembly }: Options): void {
  const bases = [base, baseAssembly, against].filter((side) => side !== undefined);
  if (bases.length !== 1)
    throw new UsageError('say what to compare with: one of --base, --base-assembly, --against deployed');
  if (head !== undefined && headAssembly !== undefined) {
    throw new UsageError('give --head or --head-assembly, not both');
  }
  if (base === WORKING_TREE) throw new UsageError('--base takes a commit; the working tree is the head');
}

if (require.main === module) void runCommand('pr-diff', main);
