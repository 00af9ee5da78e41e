import { awsClients, PATIENCE, type AwsCredentials } from '../foundation/aws-clients';
import type { PullRequests } from './pull-requests';
import { REVIEWER_SESSION } from './reviewer-session';

/** Seconds: the shortest session that there is. */
const SESSION_SECONDS = 900;

/** As the API takes them in one page at most. Source: `GetCommentsForPullRequest`, CodeCommit API Reference. */
const COMMENTS_PER_PAGE = 500;

/** What approval answers where the pull request has moved on. */
const MOVED_ON = ['RevisionNotCurrentException', 'PullRequestAlreadyClosedException'];

/**
 * Pull requests through the AWS SDK, as the reviewer. The one place of the review that knows the SDK.
 *
 * @param roleArn the reviewer's role, which the caller may assume
 */
export async function sdkPullRequests(roleArn: string): Promise<PullRequests> {
  const { credentials, self } = await assume(roleArn);
  const { sdk, client } = awsClients.codeCommit({ credentials, patience: PATIENCE.build });
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
  readonly credentials: AwsCredentials;
  /** As CodeCommit names the author of its comments. */
  readonly self: string;
}

async function assume(roleArn: string): Promise<Reviewer> {
  const { sdk, client } = awsClients.sts({ patience: PATIENCE.build });
  const command = new sdk.AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: REVIEWER_SESSION,
    DurationSeconds: SESSION_SECONDS,
  });
  const { Credentials, AssumedRoleUser } = await client.send(command);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  // Nobody's comments must not count as the reviewer's.
  if (!AssumedRoleUser?.Arn) throw new Error(`no identity came with the role ${roleArn}`);
  return {
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
    self: AssumedRoleUser.Arn,
  };
}
