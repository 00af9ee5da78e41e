import { createRequire } from 'node:module';
import type * as CodeCommit from '@aws-sdk/client-codecommit';
import type * as Sts from '@aws-sdk/client-sts';
import type { PullRequests } from './pull-requests';
import { REVIEWER_SESSION } from './reviewer-session';

/** The clients take most of a second to load, which `--help` does not wait for. (jest knows no dynamic import.) */
const load = createRequire(__filename);

/** In milliseconds. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true } as const;

/** Seconds: the shortest session that there is. */
const SESSION_SECONDS = 900;

/** As the API takes them in one page at most. Source: `GetCommentsForPullRequest`, CodeCommit API Reference. */
const COMMENTS_PER_PAGE = 500;

/** What approval answers where the pull request has moved on. */
const MOVED_ON = ['RevisionNotCurrentException', 'PullRequestAlreadyClosedException'];

/**
 * Pull requests through the AWS SDK, as the reviewer. The one place that knows the SDK.
 *
 * @param roleArn the reviewer's role, which the caller may assume
 */
export async function sdkPullRequests(roleArn: string): Promise<PullRequests> {
  // package.json pins the SDK, so its warning about versions to come says nothing to a person who reads the log.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { credentials, self } = await assume(roleArn);
  const sdk = load('@aws-sdk/client-codecommit') as typeof CodeCommit;
  const client = new sdk.CodeCommitClient({ credentials, requestHandler: TIMEOUTS });
  return {
    self,

    find: async (pullRequestId) => {
      const { pullRequest } = await client.send(new sdk.GetPullRequestCommand({ pullRequestId }));
      const [target] = pullRequest?.pullRequestTargets ?? [];
      return {
        status: pullRequest?.pullRequestStatus ?? '',
        revisionId: pullRequest?.revisionId ?? '',
        repository: target?.repositoryName ?? '',
        sourceCommit: target?.sourceCommit ?? '',
      };
    },

    comments: async function* (pullRequestId) {
      const input = { pullRequestId, maxResults: COMMENTS_PER_PAGE };
      for await (const page of sdk.paginateGetCommentsForPullRequest({ client }, input)) {
        for (const comment of (page.commentsForPullRequestData ?? []).flatMap(({ comments = [] }) => comments)) {
          const { commentId = '', authorArn = '', content = '', deleted = false } = comment;
          yield { id: commentId, authorArn, content, deleted };
        }
      }
    },

    post: async ({ pullRequestId, repository, beforeCommit, afterCommit, content, clientRequestToken }) => {
      const input = { beforeCommitId: beforeCommit, afterCommitId: afterCommit, content, clientRequestToken };
      await client.send(
        new sdk.PostCommentForPullRequestCommand({ pullRequestId, repositoryName: repository, ...input }),
      );
    },

    update: async (commentId, content) => {
      await client.send(new sdk.UpdateCommentCommand({ commentId, content }));
    },

    setApproval: async (pullRequestId, revisionId, approvalState) => {
      try {
        await client.send(new sdk.UpdatePullRequestApprovalStateCommand({ pullRequestId, revisionId, approvalState }));
        return true;
      } catch (error) {
        if (MOVED_ON.includes((error as Error).name)) return false;
        throw error;
      }
    },
  };
}

interface Reviewer {
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  /** As CodeCommit names the author of its comments. */
  readonly self: string;
}

async function assume(roleArn: string): Promise<Reviewer> {
  const { STSClient, AssumeRoleCommand } = load('@aws-sdk/client-sts') as typeof Sts;
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: REVIEWER_SESSION,
    DurationSeconds: SESSION_SECONDS,
  });
  const { Credentials, AssumedRoleUser } = await new STSClient({ requestHandler: TIMEOUTS }).send(command);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  // Nobody's comments must not count as the reviewer's.
  if (!AssumedRoleUser?.Arn) throw new Error(`no identity came with the role ${roleArn}`);
  return {
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
    self: AssumedRoleUser.Arn,
  };
}
