import { MAIN, type DeliveryNames } from '../delivery-names';
import type { Permission } from '../permission';
import { KEY_USE, useKey } from './artifact-permissions';

/**
 * What AWSCodeCommitPowerUser allows in repositories, written out. Not in it, as there: DeleteRepository. Left out: changing the
 * repository's name, default branch, key, triggers and tags, which belong to this stack; creating repositories and approval rule
 * templates, which belong to the account; notifications, reviews by CodeGuru and SSH keys, which nothing here needs.
 * Source: AWSCodeCommitPowerUser version 17 (11 February 2026), AWS Managed Policy Reference.
 */
const REPOSITORY_ACTIONS = [
  'BatchDescribeMergeConflicts',
  'BatchGetCommits',
  'BatchGetPullRequests',
  'BatchGetRepositories',
  'CreateBranch',
  'CreateCommit',
  'CreatePullRequest',
  'CreatePullRequestApprovalRule',
  'CreateUnreferencedMergeCommit',
  'DeleteBranch',
  'DeleteFile',
  'DescribeMergeConflicts',
  'DescribePullRequestEvents',
  'EvaluatePullRequestApprovalRules',
  'GetBlob',
  'GetBranch',
  'GetComment',
  'GetCommentReactions',
  'GetCommentsForComparedCommit',
  'GetCommentsForPullRequest',
  'GetCommit',
  'GetCommitHistory',
  'GetCommitsFromMergeBase',
  'GetDifferences',
  'GetFile',
  'GetFolder',
  'GetMergeCommit',
  'GetMergeConflicts',
  'GetMergeOptions',
  'GetObjectIdentifier',
  'GetPullRequest',
  'GetPullRequestApprovalStates',
  'GetPullRequestOverrideState',
  'GetReferences',
  'GetRepository',
  'GetRepositoryTriggers',
  'GetTree',
  'GitPull',
  'GitPush',
  'ListAssociatedApprovalRuleTemplatesForRepository',
  'ListBranches',
  'ListFileCommitHistory',
  'ListPullRequests',
  'ListTagsForResource',
  'MergeBranchesByFastForward',
  'MergeBranchesBySquash',
  'MergeBranchesByThreeWay',
  'MergePullRequestByFastForward',
  'MergePullRequestBySquash',
  'MergePullRequestByThreeWay',
  'OverridePullRequestApprovalRules',
  'PostCommentForComparedCommit',
  'PostCommentForPullRequest',
  'PostCommentReply',
  'PutCommentReaction',
  'PutFile',
  'UpdateComment',
  'UpdatePullRequestApprovalRuleContent',
  'UpdatePullRequestApprovalState',
  'UpdatePullRequestDescription',
  'UpdatePullRequestStatus',
  'UpdatePullRequestTitle',
  'UpdateRepositoryDescription',
];

/** What changes a branch in any other way than merging a pull request. Source: "Limit pushes and merges to branches", CodeCommit User Guide. */
const BRANCH_ACTIONS = [
  'CreateBranch',
  'CreateCommit',
  'DeleteBranch',
  'DeleteFile',
  'GitPush',
  'MergeBranchesByFastForward',
  'MergeBranchesBySquash',
  'MergeBranchesByThreeWay',
  'PutFile',
];

/** What takes back the rule that somebody else must agree, in the repository. */
const APPROVAL_ACTIONS = [
  'BatchDisassociateApprovalRuleTemplateFromRepositories',
  'DeletePullRequestApprovalRule',
  'DisassociateApprovalRuleTemplateFromRepository',
  'OverridePullRequestApprovalRules',
  'UpdateDefaultBranch',
  'UpdatePullRequestApprovalRuleContent',
];

/** And in the account, whose templates have no ARNs. */
const TEMPLATE_ACTIONS = [
  'DeleteApprovalRuleTemplate',
  'UpdateApprovalRuleTemplateContent',
  'UpdateApprovalRuleTemplateName',
];

/** Names of services in credentials are the same in every partition. */
const AWS_DOMAIN = 'amazonaws.com';

/** People who work with the repository: AWSCodeCommitPowerUser, for this repository, and the Git credentials of their own. */
export function contributorPermissions(
  { partition, region, account, repositoryArn, keyArn }: DeliveryNames,
  protectMain: boolean,
): Permission[] {
  return [
    { actions: codeCommit(REPOSITORY_ACTIONS), resources: [repositoryArn] },
    {
      actions: codeCommit(['ListRepositories']),
      resources: ['*'],
      because: 'codecommit:ListRepositories takes no resource but *',
    },
    {
      actions: [
        'iam:DeleteServiceSpecificCredential',
        'iam:ListServiceSpecificCredentials',
        'iam:ResetServiceSpecificCredential',
        'iam:UpdateServiceSpecificCredential',
      ],
      resources: [`arn:${partition}:iam::${account}:user/\${aws:username}`],
    },
    {
      actions: ['iam:CreateServiceSpecificCredential'],
      resources: [`arn:${partition}:iam::${account}:user/\${aws:username}`],
      // Other services have credentials of this kind, too.
      conditions: {
        StringEquals: { 'iam:ServiceSpecificCredentialServiceName': `codecommit.${AWS_DOMAIN}` },
      },
    },
    // CodeCommit uses a repository's own key in the name of whoever reads or writes it.
    useKey(
      keyArn,
      region,
      ['codecommit'],
      [...KEY_USE, 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
    ),
    // Also where a wider policy is attached beside this one.
    // Renamed, it would be another repository for these denials.
    { effect: 'Deny', actions: codeCommit(['DeleteRepository', 'UpdateRepositoryName']), resources: [repositoryArn] },
    ...(protectMain ? mainIsProtected(repositoryArn) : []),
  ];
}

function mainIsProtected(repositoryArn: string): Permission[] {
  return [
    {
      effect: 'Deny',
      actions: codeCommit(BRANCH_ACTIONS),
      resources: [repositoryArn],
      conditions: {
        StringEqualsIfExists: { 'codecommit:References': [`refs/heads/${MAIN}`] },
        // Git first asks whether a person may push at all, and names no branch: that must pass.
        Null: { 'codecommit:References': 'false' },
      },
    },
    { effect: 'Deny', actions: codeCommit(APPROVAL_ACTIONS), resources: [repositoryArn] },
    { effect: 'Deny', actions: codeCommit(TEMPLATE_ACTIONS), resources: ['*'] },
  ];
}

function codeCommit(names: readonly string[]): string[] {
  return names.map((name) => `codecommit:${name}`);
}
