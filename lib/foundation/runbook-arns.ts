/** Where a runbook is run. Tokens in a template, words in an explanation. */
export interface RunbookPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** What `ssm:StartAutomationExecution` is asked for, all of it. */
export interface RunbookArns {
  readonly document: string;
  /** Asked for by older releases of the service, and still in AWS's own policies. */
  readonly versions: string;
  readonly executions: string;
}

/**
 * The ARNs behind a runbook. Those of AWS have no account in theirs.
 * Source: "Actions, resources, and condition keys for AWS Systems Manager", Service Authorization Reference, and "Setting up
 * identity based policies examples", Systems Manager User Guide.
 */
export function runbookArns(runbook: string, owner: 'aws' | 'account', place: RunbookPlace): RunbookArns {
  const ssm = `arn:${place.partition}:ssm:${place.region}`;
  const owned = `${ssm}:${owner === 'aws' ? '' : place.account}`;
  return {
    document: `${owned}:document/${runbook}`,
    versions: `${owned}:automation-definition/${runbook}:*`,
    executions: `${ssm}:${place.account}:automation-execution/*`,
  };
}
