import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * Systems Manager, acting for this account: whether State Manager assumes a role or Automation does. AWS's own pages for roles
 * of both kinds ask for the account alone, and a narrower `aws:SourceArn` would have to match what each of them sends, which is
 * not documented. It would keep nobody out: whoever may pass the role to Systems Manager may start an execution of any runbook.
 * Source: "Automation dispatch role" and "Automation assume role", Systems Manager User Guide.
 */
export function automationPrincipal(scope: Construct): ServicePrincipal {
  return new ServicePrincipal('ssm.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
}
