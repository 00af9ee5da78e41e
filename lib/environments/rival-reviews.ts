import type { Problem } from '../foundation/problem';
import { fieldsOf, isRecord } from '../foundation/settings';
import { reviewSchema } from '../review/review-settings';
import { environmentSchema } from './schema';

/** Repositories that more than one environment of an account and region reviews: each pull request would get two comments. */
export function rivalReviews(labelled: readonly { input: unknown; label: string }[]): Problem[] {
  const claims = labelled.flatMap(({ input, label }) => {
    const { account, region } = fieldsOf(environmentSchema, input);
    const { repository } = fieldsOf(reviewSchema, isRecord(input) ? input.review : undefined);
    return repository ? [{ label, account: account ?? undefined, region, repository }] : [];
  });
  return claims.flatMap((claim, index): Problem[] => {
    const rival = claims
      .slice(0, index)
      // An environment without an account can be deployed to any.
      .find(
        ({ account, region, repository }) =>
          repository === claim.repository &&
          region === claim.region &&
          (account === claim.account || account === undefined || claim.account === undefined),
      );
    if (rival === undefined) return [];
    return [
      {
        path: `${claim.label}.review.repository`,
        value: claim.repository,
        reason: `is reviewed by ${rival.label}, too, and each pull request would get two comments and two approvals`,
        remedy: 'remove review from one of them, or give them accounts of their own',
      },
    ];
  });
}
