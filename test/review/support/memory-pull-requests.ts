import type { NewComment, PullRequest, PullRequestComment, PullRequests } from '../../../lib/review/pull-requests';

export const SELF = 'arn:aws:sts::111122223333:assumed-role/prod-Review-Reviewer/review';

export const REVISION = {
  pullRequestId: '7',
  revisionId: '9f29d167',
  repository: 'ishizue',
  sourceCommit: 'a'.repeat(40),
  destinationCommit: 'b'.repeat(40),
} as const;

/** One pull request in memory, with its comments, its approvals, and what was called on it, in order. */
export class MemoryPullRequests implements PullRequests {
  readonly self = SELF;
  readonly calls: string[] = [];
  readonly posted: NewComment[] = [];
  readonly comments_: PullRequestComment[] = [];
  state: PullRequest = {
    status: 'OPEN',
    revisionId: REVISION.revisionId,
    repository: REVISION.repository,
    sourceCommit: REVISION.sourceCommit,
  };
  /** What the approval answers: false if the pull request has moved on since it was looked at. */
  current = true;

  find(): Promise<PullRequest> {
    return Promise.resolve(this.state);
  }

  async *comments(): AsyncIterable<PullRequestComment> {
    for (const comment of this.comments_) yield await Promise.resolve(comment);
  }

  post(comment: NewComment): Promise<void> {
    this.calls.push('post');
    this.posted.push(comment);
    this.comments_.push({ id: 'new', authorArn: this.self, content: comment.content, deleted: false });
    return Promise.resolve();
  }

  update(commentId: string, content: string): Promise<void> {
    this.calls.push(`update ${commentId}`);
    const index = this.comments_.findIndex(({ id }) => id === commentId);
    this.comments_.splice(index, 1, { id: commentId, authorArn: this.self, content, deleted: false });
    return Promise.resolve();
  }

  setApproval(id: string, revisionId: string, state: string): Promise<boolean> {
    this.calls.push(`${state} ${id} ${revisionId}`);
    return Promise.resolve(this.current);
  }
}
