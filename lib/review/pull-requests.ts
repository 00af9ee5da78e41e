/** A pull request as it is now. */
export interface PullRequest {
  /** `OPEN` or `CLOSED`. */
  readonly status: string;
  /** Changes with every push to the source branch. */
  readonly revisionId: string;
  readonly repository: string;
  readonly sourceCommit: string;
}

export interface PullRequestComment {
  readonly id: string;
  readonly authorArn: string;
  readonly content: string;
  readonly deleted: boolean;
}

export interface NewComment {
  readonly pullRequestId: string;
  readonly repository: string;
  readonly beforeCommit: string;
  readonly afterCommit: string;
  readonly content: string;
  /** The same for the same comment: a request that is sent again makes no second one. */
  readonly clientRequestToken: string;
}

/** What a review does to pull requests. One implementation speaks to AWS, one in memory to tests. */
export interface PullRequests {
  /** The identity under which comments are written. */
  readonly self: string;
  find(id: string): Promise<PullRequest>;
  /** All of them, however many pages. */
  comments(id: string): AsyncIterable<PullRequestComment>;
  post(comment: NewComment): Promise<void>;
  update(commentId: string, content: string): Promise<void>;
  /** False if that revision is not the current one, or the pull request is closed. */
  setApproval(id: string, revisionId: string, state: 'APPROVE' | 'REVOKE'): Promise<boolean>;
}
