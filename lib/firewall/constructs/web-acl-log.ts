import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration } from 'aws-cdk-lib/aws-wafv2';
import { ArnFormat, Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { StackKey } from '../../foundation/constructs/stack-key';
import { SECRET_HEADERS } from '../secret-headers';

export interface WebAclLogProps {
  readonly webAclArn: string;
  readonly retentionDays: number;
  readonly removalPolicy: RemovalPolicy;
}

/** What is kept: all that a rule has matched, whatever it did with it. Plainly allowed requests have no such action. */
const KEPT_ACTIONS = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT', 'CAPTCHA', 'CHALLENGE'];

/** The log of requests that were not plainly allowed. */
export class WebAclLog extends Construct {
  constructor(scope: Construct, id: string, props: WebAclLogProps) {
    super(scope, id);
    const { removalPolicy } = props;
    const stack = Stack.of(this);
    // WAF takes no log group of another beginning.
    const logGroupName = `aws-waf-logs-${stack.stackName}`;
    const key = new StackKey(this, 'Key', {
      purpose: 'Log of the web ACL',
      logGroupNames: logGroupName,
      removalPolicy,
    });
    const logGroup = new LogGroup(this, 'LogGroup', {
      logGroupName,
      encryptionKey: key,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the settings accept just its numbers
      retention: props.retentionDays,
      removalPolicy,
    });
    // WAF would write this policy itself, for whoever deploys with the right to change log policies, and leave it behind.
    // Source: "CloudWatch Logs log groups", logging web ACL traffic, AWS WAF Developer Guide.
    const delivery = new ResourcePolicy(this, 'Delivery', {
      policyStatements: [
        new PolicyStatement({
          principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
          conditions: {
            StringEquals: { 'aws:SourceAccount': stack.account },
            ArnLike: {
              'aws:SourceArn': stack.formatArn({
                service: 'logs',
                resource: '*',
                arnFormat: ArnFormat.NO_RESOURCE_NAME,
              }),
            },
          },
        }),
      ],
    });
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: props.webAclArn,
      logDestinationConfigs: [
        stack.formatArn({
          service: 'logs',
          resource: 'log-group',
          // The ARN without the :* that CloudFormation puts behind it, which WAF refuses.
          resourceName: logGroup.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      redactedFields: SECRET_HEADERS.map((Name) => ({ singleHeader: { Name } })),
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: KEPT_ACTIONS.map((Action) => ({ ActionCondition: { Action } })),
          },
        ],
      },
    });
    logging.node.addDependency(delivery);
  }
}
