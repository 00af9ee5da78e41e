#!/usr/bin/env node
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../lib/foundation/command';
import { writeWhole } from '../lib/foundation/files';
import { ProblemsError } from '../lib/foundation/problem';
import { suggestOneOf } from '../lib/foundation/suggestion';
import { applyAllowFile, readAllowFile } from '../lib/review/allow-file';
import { readAssembly } from '../lib/review/assembly';
import { CannotCompare } from '../lib/review/cannot-compare';
import { compareAssemblies } from '../lib/review/compare';
import { readDeployed } from '../lib/review/deployed';
import { WORKING_TREE } from '../lib/review/git-assemblies';
import { renderFailure } from '../lib/review/render-failure';
import { renderHtml } from '../lib/review/render-html';
import { renderJson } from '../lib/review/render-json';
import { COMMENT_LENGTHS, renderMarkdown } from '../lib/review/render-markdown';
import { renderText } from '../lib/review/render-text';
import { exitCodeOf, FAIL_ON, makeReport, type FailOn, type Report } from '../lib/review/report';
import { provideSide, provideSides, type SideSource } from '../lib/review/sides';
import { closeOnSignals, Workspace } from '../lib/review/workspace';

const FORMATS = ['markdown', 'html', 'json', 'text'] as const;
type Format = (typeof FORMATS)[number];

/** Shorter comments have no room for a finding. */
const SHORTEST_REPORT = 2_000;

const HELP = `What will this change do to the infrastructure? Compares two states of a CDK app, without AWS credentials.

  pr-diff --base origin/main [--head HEAD]
  pr-diff --base-assembly DIR --head-assembly DIR
  pr-diff --against deployed

What to compare
  --base REF             a branch, tag or commit; synthesized beside the working tree, and kept
  --head REF             the same, or . for the working tree as it is (the default)
  --base-assembly DIR    what cdk synth wrote (cdk.out), of any CDK app
  --head-assembly DIR
  --against deployed     instead of a base: what is deployed; needs credentials, and only reads

What to show
  --format FORMAT        markdown (the default), html, json, text
  --output FILE          instead of standard output
  --max-length N         characters of Markdown (${COMMENT_LENGTHS.github}, as GitHub takes; CodeCommit: ${COMMENT_LENGTHS.codecommit}); the most dangerous first
  --all                  asset hashes, metadata and template versions, too

What to forbid
  --fail-on LEVEL        never (the default), data-loss, destructive, broadening, any; each forbids those before it, too
  --allow FILE           accepted changes: a JSON list of stack, logicalId, change, danger, fingerprint, reason, expires
  --help

Exit codes: 0 nothing forbidden; 1 a forbidden change, or an allow file with mistakes, expired or unused entries;
2 wrong usage; 3 could not compare.
`;

const OPTIONS = {
  base: { type: 'string' },
  head: { type: 'string' },
  'base-assembly': { type: 'string' },
  'head-assembly': { type: 'string' },
  against: { type: 'string' },
  format: { type: 'string', default: 'markdown' },
  output: { type: 'string' },
  'max-length': { type: 'string', default: String(COMMENT_LENGTHS.github) },
  all: { type: 'boolean', default: false },
  'fail-on': { type: 'string', default: 'never' },
  allow: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const format = oneOf('--format', values.format, FORMATS);
  const failOn = oneOf('--fail-on', values['fail-on'], FAIL_ON);
  const maxLength = readLength(values['max-length']);
  checkSides(values);
  const entries = values.allow === undefined ? [] : readAllowFile(values.allow);
  const workspace = new Workspace();
  const restore = closeOnSignals(workspace);
  try {
    const report = await compare(values, workspace, (comparison) => {
      const today = new Date().toISOString().slice(0, 10);
      const { findings, problems } = applyAllowFile(comparison.findings, entries, today, values.allow ?? '');
      return { comparison: { ...comparison, findings }, failOn, allowProblems: problems };
    });
    print(render(report, format, maxLength), values.output);
    return exitCodeOf(report);
  } catch (error) {
    const failure =
      error instanceof ProblemsError
        ? new CannotCompare('what is compared is malformed', error.message.split('\n'))
        : error;
    if (!(failure instanceof CannotCompare)) throw error;
    process.stderr.write(renderFailure(failure, 'text'));
    if (format !== 'text' || values.output !== undefined) print(renderFailure(failure, format), values.output);
    return 3;
  } finally {
    restore();
    workspace.close();
  }
}

type Judge = (comparison: ReturnType<typeof compareAssemblies>) => {
  readonly comparison: ReturnType<typeof compareAssemblies>;
  readonly failOn: FailOn;
  readonly allowProblems: Report['allowProblems'];
};

async function compare(values: Values, workspace: Workspace, judge: Judge): Promise<Report> {
  const options = { showAll: values.all };
  if (values.against !== undefined) {
    const head = await provideSide(headOf(values), 'head', workspace);
    const deployed = await readDeployed(readAssembly(head.directory, 'head'), clientOf);
    const { comparison, ...rest } = judge(compareAssemblies(deployed.base, deployed.head, options));
    return makeReport(comparison, { base: { name: 'deployed' }, head: head.side, remarks: deployed.remarks, ...rest });
  }
  const baseOf = { assembly: values['base-assembly'], commit: values.base };
  const [base, head] = await provideSides(baseOf, headOf(values), workspace);
  const compared = compareAssemblies(
    readAssembly(base.directory, 'base'),
    readAssembly(head.directory, 'head'),
    options,
  );
  const { comparison, ...rest } = judge(compared);
  return makeReport(comparison, { base: base.side, head: head.side, ...rest });
}

function headOf(values: Values): SideSource {
  return { assembly: values['head-assembly'], commit: values.head };
}

function clientOf(region: string | undefined): CloudFormationClient {
  // package.json pins the SDK, so its warning about versions to come says nothing to a person who reviews.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  return new CloudFormationClient(region === undefined ? {} : { region });
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

function checkSides(values: Values): void {
  const { base, head, against } = values;
  const assembly = values['base-assembly'];
  if (against !== undefined && against !== 'deployed')
    throw new UsageError(`--against ${against}: only deployed is known`);
  const bases = [base, assembly, against].filter((side) => side !== undefined);
  if (bases.length !== 1)
    throw new UsageError('say what to compare with: one of --base, --base-assembly, --against deployed');
  if (head !== undefined && values['head-assembly'] !== undefined) {
    throw new UsageError('give --head or --head-assembly, not both');
  }
  if (base === WORKING_TREE) throw new UsageError('--base takes a commit; the working tree is the head');
}

function oneOf<T extends string>(option: string, word: string, known: readonly T[]): T {
  const found = known.find((each) => each === word);
  if (found === undefined) throw new UsageError(`${option} ${word}: ${suggestOneOf(word, known)}`);
  return found;
}

function readLength(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < SHORTEST_REPORT) {
    throw new UsageError(`--max-length ${text} is not a whole number from ${SHORTEST_REPORT}`);
  }
  return Number(text);
}

if (require.main === module) void runCommand('pr-diff', main);
