import type { AwsAccount } from '../aws-account';
import type { Answer } from '../finding';

/** One question about an account. */
export interface Check {
  readonly name: string;
  readonly asked: string;
  /** Rejects with an AskError where AWS does not answer. */
  readonly look: (account: AwsAccount) => Promise<Answer>;
}
