#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { command, follow, runCommand, type Exit, type ParsedCommand } from '../lib/foundation/command';
import { formOption } from '../lib/foundation/option';
import { readText } from '../lib/foundation/files';
import { ProblemsError } from '../lib/foundation/problem';
import { publishReview } from '../lib/review/publish-review';
import type { PullRequests } from '../lib/review/pull-requests';
import { judge } from '../lib/review/review-verdict';
import { sdkPullRequests } from '../lib/review/sdk-pull-requests';

const COMMIT = /^[0-9a-f]{40}$/;

const AFTER_HELP =
  'Exit codes: 0 written, or the pull request has moved on; 1 AWS refused, or a file cannot be read; 2 wrong usage.\n';

type Open = (roleArn: string) => Promise<PullRequests>;

export const build = (_: Exit, __: readonly string[], open: Open = sdkPullRequests): ParsedCommand =>
  command(
    'review-comment',
    'Writes what pr-diff reported on a CodeCommit pull request: one comment, which is updated, and the approval.',
    AFTER_HELP,
  )
    .optionsGroup('Which revision (if the pull request is at another one by now, nothing is written)')
    .addOption(formOption('--pull-request <id>', 'as the event has it', /^\d{1,19}$/).makeOptionMandatory())
    .addOption(formOption('--revision <id>', 'as the event has it', /^[\w-]{1,128}$/).makeOptionMandatory())
    .addOption(formOption('--repository <name>', 'as the event has it', /^[\w.-]{1,100}$/).makeOptionMandatory())
    .addOption(formOption('--source-commit <id>', 'as the event has it', COMMIT).makeOptionMandatory())
    .addOption(formOption('--destination-commit <id>', 'as the event has it', COMMIT).makeOptionMandatory())
    .optionsGroup('What came out')
    .addOption(formOption('--synthesis <result>', 'SUCCEEDED, or anything else', /^\w{1,30}$/).makeOptionMandatory())
    .addOption(
      formOption(
        '--exit-code <n>',
        "pr-diff's: 0 is approved, 1 and 3 are not, anything else is a failure and not approved",
        /^\w{1,30}$/,
      ).makeOptionMandatory(),
    )
    .option('--report <file>', 'what pr-diff wrote (--format markdown)')
    .option('--log <file>', 'the end of what synthesis printed, if it failed')
    .optionsGroup('As whom')
    .addOption(
      formOption(
        '--role <arn>',
        "the reviewer's role, in a session of a name that is always the same",
        /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      ).makeOptionMandatory(),
    )
    .action(async ({ pullRequest, revision, role, report, log, ...given }) => {
      const reviewed = { ...given, pullRequestId: pullRequest, revisionId: revision };
      const verdict = judge({ ...reviewed, report: readIfThere('--report', report), log: readIfThere('--log', log) });
      const published = await asked(async () => publishReview(await open(role), reviewed, verdict));
      const what = published.done
        ? `comment ${published.comment}, approval state ${published.approval}`
        : `nothing is written: ${published.reason}`;
      process.stdout.write(`pull request ${pullRequest}: ${what}\n`);
    });

export function main(args: string[], open?: Open): Promise<number> {
  return follow((exit) => build(exit, args, open), args);
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
