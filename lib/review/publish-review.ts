import { createHash } from 'node:crypto';
import type { PullRequest, PullRequests } from './pull-requests';
import { MARKER } from './render-markdown';
import type { ReviewVerdict } from './review-verdict';

/** The revision that was reviewed. */
export interface ReviewedRevision {
  readonly pullRequestId: string;
  readonly revisionId: string;
  readonly repository: string;
  readonly sourceCommit: string;
  readonly destinationCommit: string;
}

/** What was done, for the log. */
export type Published =
  | { readonly done: false; readonly reason: string }
  | { readonly done: true; readonly comment: 'posted' | 'updated'; readonly approval: ReviewVerdict['approval'] };

/**
 * Writes the comment and sets the approval of the revision that was reviewed. If the pull request has moved on it does
 * neither: the run that looks at the newer revision will.
 */
export async function publishReview(
  pullRequests: PullRequests,
  revision: ReviewedRevision,
  { approval, content }: ReviewVerdict,
): Promise<Published> {
  const { pullRequestId, revisionId } = revision;
  const own = await ownComment(pullRequests, pullRequestId);
  // As late as can be: what follows is written within a second, and the review of a newer revision takes minutes.
  const outdated = outdatedBy(await pullRequests.find(pullRequestId), revision);
  if (outdated !== undefined) return { done: false, reason: outdated };

  const setApproval = (): Promise<boolean> => pullRequests.setApproval(pullRequestId, revisionId, approval);
  const movedOn = { done: false, reason: 'it has a newer revision, or was closed' } as const;
  // A refusal must not wait for the comment to succeed, and an approval must not come without one.
  if (approval === 'REVOKE' && !(await setApproval())) return movedOn;
  if (own === undefined) await pullRequests.post(newComment(revision, content));
  else await pullRequests.update(own, content);
  if (approval === 'APPROVE' && !(await setApproval())) return movedOn;
  return { done: true, comment: own === undefined ? 'posted' : 'updated', approval };
}

/** Anybody can write the marker; only the reviewer is the author. */
async function ownComment(pullRequests: PullRequests, id: string): Promise<string | undefined> {
  for await (const comment of pullRequests.comments(id)) {
    if (!comment.deleted && comment.authorArn === pullRequests.self && comment.content.startsWith(MARKER)) {
      return comment.id;
    }
  }
  return undefined;
}

function outdatedBy(now: PullRequest, { revisionId, repository, sourceCommit }: ReviewedRevision): string | undefined {
  if (now.repository !== repository) return `it is not of repository ${repository}`;
  if (now.status !== 'OPEN') return `it is ${now.status.toLowerCase()}`;
  if (now.sourceCommit !== sourceCommit) return `its source is at ${now.sourceCommit} by now`;
  if (now.revisionId !== revisionId) return `its revision is ${now.revisionId} by now`;
  return undefined;
}

function newComment(revision: ReviewedRevision, content: string): Parameters<PullRequests['post']>[0] {
  const { pullRequestId, revisionId, repository, sourceCommit, destinationCommit } = revision;
  return {
    pullRequestId,
    repository,
    beforeCommit: destinationCommit,
    afterCommit: sourceCommit,
    content,
    clientRequestToken: createHash('sha256')
      .update(JSON.stringify([pullRequestId, revisionId, content]))
      .digest('hex'),
  };
}
