import { accessSchema } from '../access/access-settings';
import { repositoryName } from '../delivery/delivery-names';
import { deliverySchema } from '../delivery/delivery-settings';
import type { Problem } from '../foundation/problem';
import { fieldsOf, isRecord } from '../foundation/settings';
import { reviewSchema } from '../review/review-settings';
import { environmentSchema } from './schema';

/** An environment as it was written, and what problems call it. */
export interface Labelled {
  readonly input: unknown;
  readonly label: string;
}

/** Something of which an account and region has one. */
interface Claim {
  readonly label: string;
  /** What is claimed, where there can be several. */
  readonly name?: string;
  readonly account: string | undefined;
  readonly region: string | null | undefined;
}

/** What more than one environment claims in the same account and region. */
export function rivalClaims(environments: readonly Labelled[]): Problem[] {
  return [...rivalPreferences(environments), ...rivalRepositories(environments), ...rivalReviews(environments)];
}

function rivalPreferences(environments: readonly Labelled[]): Problem[] {
  const claims = environments.flatMap(({ input, label }): Claim[] => {
    const { accountPreferences } = fieldsOf(accessSchema, partOf(input, 'access'));
    return accountPreferences === true ? [{ ...placeOf(input), label, account: siteAccountOf(input) }] : [];
  });
  return rivals(claims, (claim, rival) => ({
    path: `${claim.label}.access.accountPreferences`,
    value: true,
    reason: `is claimed by ${rival.label}, too, and an account has one such document in a region`,
    remedy: 'set it to false in one of them, or give them accounts of their own',
  }));
}

function rivalRepositories(environments: readonly Labelled[]): Problem[] {
  const claims = environments.flatMap(({ input, label }): Claim[] => {
    const { repository } = fieldsOf(deliverySchema, partOf(input, 'delivery'));
    if (!repository) return [];
    const environment = isRecord(input) && typeof input.name === 'string' && input.name !== '' ? input.name : label;
    const name = repositoryName(environment, repository.name);
    return [{ ...placeOf(input), label, name }];
  });
  return rivals(claims, (claim, rival) => ({
    path: `${claim.label}.delivery.repository.name`,
    value: claim.name,
    reason: `is the repository of ${rival.label}, too, and an account has one of a name in a region`,
    remedy: 'give each a name of its own, or give the environments accounts of their own',
  }));
}

function rivalReviews(environments: readonly Labelled[]): Problem[] {
  const claims = environments.flatMap(({ input, label }): Claim[] => {
    const { repository } = fieldsOf(reviewSchema, partOf(input, 'review'));
    return repository ? [{ ...placeOf(input), label, name: repository }] : [];
  });
  return rivals(claims, (claim, rival) => ({
    path: `${claim.label}.review.repository`,
    value: claim.name,
    reason: `is reviewed by ${rival.label}, too, and each pull request would get two comments and two approvals`,
    remedy: 'remove review from one of them, or give them accounts of their own',
  }));
}

/** The later of two that claim the same is told of the earlier. */
function rivals(claims: readonly Claim[], problem: (claim: Claim, rival: Claim) => Problem): Problem[] {
  return claims.flatMap((claim, index) => {
    const rival = claims.slice(0, index).find((other) => other.name === claim.name && mayMeet(other, claim));
    return rival === undefined ? [] : [problem(claim, rival)];
  });
}

/** An environment without an account can be deployed to any. */
function mayMeet(one: Claim, other: Claim): boolean {
  return (
    one.region === other.region &&
    (one.account === other.account || one.account === undefined || other.account === undefined)
  );
}

function placeOf(input: unknown): Pick<Claim, 'account' | 'region'> {
  const { account, region } = fieldsOf(environmentSchema, input);
  return { account: account ?? undefined, region };
}

/** Where an environment's stacks go, but for its pipeline. */
function siteAccountOf(input: unknown): string | undefined {
  const { targetAccount } = fieldsOf(deliverySchema, partOf(input, 'delivery'));
  return targetAccount ?? placeOf(input).account;
}

function partOf(input: unknown, part: string): unknown {
  return isRecord(input) ? input[part] : undefined;
}
