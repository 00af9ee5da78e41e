import type { AwsAccount } from '../aws-account';
import type { Answer } from '../check-result';
import type { CheckName } from '../concerns';

/** One question about an account. */
export interface Check {
  readonly name: CheckName;
  readonly asked: string;
  /** It asks AWS nothing, so it is answered even where AWS does not answer. */
  readonly isOffline?: true;
  /** Rejects with an AskError where AWS does not answer. */
  readonly look: (account: AwsAccount) => Promise<Answer>;
}
