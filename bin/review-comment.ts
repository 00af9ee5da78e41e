#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../lib/foundation/command';
import { readText } from '../lib/foundation/files';
import { ProblemsError } from '../lib/foundation/problem';
import { publishReview } from '../lib/review/publish-review';
import type { PullRequests } from '../lib/review/pull-requests';
import { judge } from '../lib/review/review-verdict';
import { sdkPullRequests } from '../lib/review/sdk-pull-requests';

const HELP = `Writes what pr-diff reported on a CodeCommit pull request: one comment, which is updated, and the approval.

  review-comment --pull-request ID --revision ID --repository NAME --source-commit ID --destination-commit ID
                 --role ARN --synthesis RESULT --exit-code N [--report FILE] [--log FILE]

Which revision
  --pull-request ID, --revision ID, --repository NAME, --source-commit ID, --destination-commit ID
                         as the event has them. If the pull request is at another one by now, nothing is written
What came out
  --synthesis RESULT     SUCCEEDED, or anything else
  --exit-code N          pr-diff's: 0 is approved, 1 and 3 are not, anything else is a failure and not approved
  --report FILE          what pr-diff wrote (--format markdown)
  --log FILE             the end of what synthesis printed, if it failed
As whom
  --role ARN             the reviewer's role, in a session of a name that is always the same
  --help

Exit codes: 0 written, or the pull request has moved on; 1 AWS refused, or a file cannot be read; 2 wrong usage.
`;

const OPTIONS = {
  'pull-request': { type: 'string' },
  revision: { type: 'string' },
  repository: { type: 'string' },
  'source-commit': { type: 'string' },
  'destination-commit': { type: 'string' },
  role: { type: 'string' },
  synthesis: { type: 'string' },
  'exit-code': { type: 'string' },
  report: { type: 'string' },
  log: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const COMMIT = /^[0-9a-f]{40}$/;

export async function main(
  args: string[],
  open: (roleArn: string) => Promise<PullRequests> = sdkPullRequests,
): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const revision = {
    pullRequestId: read('--pull-request', values['pull-request'], /^\d{1,19}$/),
    revisionId: read('--revision', values.revision, /^[\w-]{1,128}$/),
    repository: read('--repository', values.repository, /^[\w.-]{1,100}$/),
    sourceCommit: read('--source-commit', values['source-commit'], COMMIT),
    destinationCommit: read('--destination-commit', values['destination-commit'], COMMIT),
  };
  const role = read('--role', values.role, /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/);
  const verdict = judge({
    ...revision,
    synthesis: read('--synthesis', values.synthesis, /^\w{1,30}$/),
    exitCode: read('--exit-code', values['exit-code'], /^\w{1,30}$/),
    report: readIfThere('--report', values.report),
    log: readIfThere('--log', values.log),
  });
  const published = await asked(async () => publishReview(await open(role), revision, verdict));
  const what = published.done
    ? `comment ${published.comment}, approval state ${published.approval}`
    : `nothing is written: ${published.reason}`;
  process.stdout.write(`pull request ${revision.pullRequestId}: ${what}\n`);
  return 0;
}

function read(option: string, text: string | undefined, pattern: RegExp): string {
  if (text === undefined) throw new UsageError(`${option} is missing`);
  if (!pattern.test(text)) throw new UsageError(`${option} ${JSON.stringify(text)} is not what it should be`);
  return text;
}

/** That a file is not there is news for the comment: whatever should have written it has failed. */
function readIfThere(option: string, file: string | undefined): string | undefined {
  return file === undefined || !existsSync(file) ? undefined : readText(file, option);
}

/** What AWS refuses is told in a line; anything else is a defect. */
async function asked<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: unknown };
    if ($metadata === undefined && name !== 'CredentialsProviderError') throw error;
    const remedy = 'see what the message says; the approval is as it was, or revoked';
    throw new ProblemsError([{ path: 'CodeCommit', reason: `answered ${name}: ${message}`, remedy }]);
  }
}

if (require.main === module) void runCommand('review-comment', main);
