import { CannotCompare } from './cannot-compare';
import { code } from './markdown-escape';
import { lastLines } from './output-lines';
import { renderFailure } from './render-failure';
import { COMMENT_LENGTHS, MARKER } from './render-markdown';

/** What the builds left behind. All of it is text from outside: what is not known by word counts as a failure. */
export interface ReviewOutcome {
  readonly sourceCommit: string;
  readonly destinationCommit: string;
  /** `SUCCEEDED` if the pull request was synthesized. */
  readonly synthesis: string;
  /** pr-diff's exit code, if it ran. */
  readonly exitCode: string;
  /** What pr-diff wrote, if it did. */
  readonly report: string | undefined;
  /** The end of what synthesis printed, if it failed. It comes from the code of the pull request. */
  readonly log: string | undefined;
}

export type Approval = 'APPROVE' | 'REVOKE';

export interface ReviewVerdict {
  readonly approval: Approval;
  /** The comment. */
  readonly content: string;
}

/** pr-diff's exit codes with which it has written a report. Any other number is a failure, whatever lies there. */
const APPROVALS: ReadonlyMap<string, Approval> = new Map([
  ['0', 'APPROVE'],
  ['1', 'REVOKE'],
  ['3', 'REVOKE'],
]);

/** Characters of a line of output. */
const LONGEST_LINE = 300;

/** Approves if, and only if, both sides were synthesized and compared, and nothing forbidden was found. */
export function judge(outcome: ReviewOutcome): ReviewVerdict {
  const { synthesis, exitCode, report, log } = outcome;
  if (synthesis !== 'SUCCEEDED') {
    const what = 'the pull request, merged with its destination, does not synthesize';
    return failure(outcome, what, lastLines(log ?? ''));
  }
  const approval = APPROVALS.get(exitCode);
  if (approval === undefined || !report?.startsWith(`${MARKER}\n`)) {
    return failure(outcome, `the comparison came to no end (${exitCode}); the log of the Report build says why`);
  }
  const content = withHead(outcome, approval, report);
  return content.length <= COMMENT_LENGTHS.codecommit
    ? { approval, content }
    : failure(outcome, 'the report is longer than a comment may be');
}

function failure(outcome: ReviewOutcome, what: string, lines: readonly string[] = []): ReviewVerdict {
  const short = lines.map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line));
  const contents = [short, short.slice(-10), []].map((shown) =>
    withHead(outcome, 'REVOKE', renderFailure(new CannotCompare(what, shown), 'markdown')),
  );
  const fitting = contents.find((content) => content.length <= COMMENT_LENGTHS.codecommit);
  return { approval: 'REVOKE', content: fitting ?? `${MARKER}\nInfrastructure changes could not be compared.\n` };
}

/** The marker stays first: by it the comment is found again. */
function withHead({ sourceCommit, destinationCommit }: ReviewOutcome, approval: Approval, markdown: string): string {
  const verdict = approval === 'APPROVE' ? 'approved' : 'not approved';
  const commits = `Commit ${code(sourceCommit.slice(0, 10))} on top of ${code(destinationCommit.slice(0, 10))}`;
  return `${MARKER}\n${commits}: **${verdict}**\n\n${markdown.slice(MARKER.length + 1)}`;
}
