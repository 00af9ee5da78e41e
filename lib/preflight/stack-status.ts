/**
 * What a stack's status means for its next deployment. ready: it can be deployed. empty: its creation failed, and only a
 * deletion is possible. busy: something is going on. stuck: somebody must help it first.
 */
export type StackReadiness =
  | { readonly kind: 'ready'; readonly note?: string }
  | { readonly kind: 'empty'; readonly note: string }
  | { readonly kind: 'busy' }
  | {
      readonly kind: 'stuck';
      readonly note: string;
      readonly remedy: string;
      readonly commands: (stack: string, region: string) => readonly string[];
    };

const READY: StackReadiness = { kind: 'ready' };
const BUSY: StackReadiness = { kind: 'busy' };

/**
 * Every status of a stack; a test compares them with the SDK's `StackStatus`. Those that are empty are those that the CDK's
 * command line deletes by itself (aws-cdk 2.1148.1, `isCreationFailure`). Sources: "Understand CloudFormation stack creation events" and "Stack status codes", CloudFormation User Guide;
 * `RollbackStack`, `ContinueUpdateRollback` and `DeleteStack`, API Reference; November 2026.
 */
export const STACK_STATUSES: Readonly<Record<string, StackReadiness>> = {
  CREATE_COMPLETE: READY,
  UPDATE_COMPLETE: READY,
  UPDATE_ROLLBACK_COMPLETE: READY,
  IMPORT_COMPLETE: READY,
  IMPORT_ROLLBACK_COMPLETE: READY,
  DELETE_COMPLETE: READY,
  // A change set that was never executed has made its name and nothing else; the next deployment creates it.
  REVIEW_IN_PROGRESS: { kind: 'ready', note: 'has a change set that nobody executed, and no resources yet' },

  ROLLBACK_COMPLETE: { kind: 'empty', note: 'its creation failed and was rolled back' },
  ROLLBACK_FAILED: { kind: 'empty', note: 'its creation failed, and so did the rollback' },

  CREATE_FAILED: {
    kind: 'stuck',
    note: 'its creation stopped half-way, without a rollback',
    remedy: 'correct the cause and go on where it stopped, or roll it back, which deletes it',
    commands: (stack) => [`npm run deploy -- ${stack} --no-preflight --no-rollback`, `npx cdk rollback ${stack}`],
  },
  UPDATE_FAILED: {
    kind: 'stuck',
    note: 'an update stopped half-way, without a rollback',
    remedy: 'correct the cause and go on where it stopped, or roll the update back',
    commands: (stack) => [`npm run deploy -- ${stack} --no-preflight --no-rollback`, `npx cdk rollback ${stack}`],
  },
  UPDATE_ROLLBACK_FAILED: {
    kind: 'stuck',
    note: 'an update failed, and so did its rollback',
    remedy:
      'correct what its events name and go on with the rollback; if a resource cannot be rolled back, leave it out',
    commands: (stack) => [`npx cdk rollback ${stack}`, `npx cdk rollback ${stack} --orphan LOGICAL_ID`],
  },
  DELETE_FAILED: {
    kind: 'stuck',
    note: 'its deletion failed: some of its resources are still there',
    remedy:
      'correct what its events name (often a bucket that is not empty) and delete it again, or leave those resources behind',
    commands: (stack, region) => [
      deletion(stack, region),
      `${deletion(stack, region)} --retain-resources LOGICAL_ID …`,
    ],
  },
  IMPORT_ROLLBACK_FAILED: {
    kind: 'stuck',
    note: 'an import failed, and so did its rollback',
    // No call continues this rollback, and a deletion could reach what was to be imported.
    remedy: 'correct what its events name; if it stays so, ask AWS Support, and do not delete it before',
    commands: () => [],
  },

  CREATE_IN_PROGRESS: BUSY,
  ROLLBACK_IN_PROGRESS: BUSY,
  DELETE_IN_PROGRESS: BUSY,
  UPDATE_IN_PROGRESS: BUSY,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: BUSY,
  UPDATE_ROLLBACK_IN_PROGRESS: BUSY,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: BUSY,
  IMPORT_IN_PROGRESS: BUSY,
  IMPORT_ROLLBACK_IN_PROGRESS: BUSY,
};

export function deletion(stack: string, region: string): string {
  return `aws cloudformation delete-stack --region ${region} --stack-name ${stack}`;
}
