import type { IRepository } from 'aws-cdk-lib/aws-codecommit';
import { ArnPrincipal, Policy, PolicyDocument, PolicyStatement, Role, type IRole } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { REVIEWER_SESSION } from '../reviewer-session';

export interface ReviewerProps {
  readonly repository: IRepository;
  /** Who may be the reviewer. */
  readonly reportRole: IRole;
}

/**
 * Who comments and approves: on one repository, in a session of one name, and only the Report build. It can neither push,
 * merge nor set approval rules aside.
 */
export class Reviewer extends Construct {
  readonly role: IRole;
  /** The identity of the session. */
  readonly sessionArn: string;

  constructor(scope: Construct, id: string, props: ReviewerProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description: 'Comments on pull requests and sets their approval',
      assumedBy: new ArnPrincipal(props.reportRole.roleArn).withConditions({
        StringEquals: { 'sts:RoleSessionName': REVIEWER_SESSION },
      }),
      inlinePolicies: {
        Review: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: [
                'codecommit:GetPullRequest',
                'codecommit:GetCommentsForPullRequest',
                'codecommit:PostCommentForPullRequest',
                'codecommit:UpdateComment',
                'codecommit:UpdatePullRequestApprovalState',
              ],
              resources: [props.repository.repositoryArn],
            }),
          ],
        }),
      },
    });
    // Apart from both roles, which otherwise would each need the other first.
    new Policy(this, 'Assume', {
      roles: [props.reportRole],
      statements: [new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [this.role.roleArn] })],
    });
    this.sessionArn = Stack.of(this).formatArn({
      service: 'sts',
      region: '',
      resource: 'assumed-role',
      resourceName: `${this.role.roleName}/${REVIEWER_SESSION}`,
    });
  }
}
