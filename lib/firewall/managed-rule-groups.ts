/** A rule group that AWS maintains. */
export interface ManagedRuleGroup {
  /** Web ACL capacity units that the group takes, however its rules are overridden. */
  readonly wcu: number;
  /** The names of its rules. WAF passes over an override of a name that it does not know. */
  readonly rules: readonly string[];
}

/**
 * The groups that cost nothing beyond their capacity (not bot and fraud control, which AWS charges for).
 * Source: "AWS Managed Rules rule groups list", AWS WAF Developer Guide, autumn 2026. The capacity of WordPress and the rule
 * ReactJSRCE_BODY were confirmed by public code only.
 */
export const MANAGED_RULE_GROUPS = {
  AWSManagedRulesCommonRuleSet: {
    wcu: 700,
    rules: [
      'NoUserAgent_HEADER',
      'UserAgent_BadBots_HEADER',
      'SizeRestrictions_QUERYSTRING',
      'SizeRestrictions_Cookie_HEADER',
      'SizeRestrictions_BODY',
      'SizeRestrictions_URIPATH',
      ...inParts('EC2MetaDataSSRF', ['BODY', 'COOKIE', 'URIPATH', 'QUERYARGUMENTS']),
      ...inParts('GenericLFI', ['QUERYARGUMENTS', 'URIPATH', 'BODY']),
      ...inParts('RestrictedExtensions', ['URIPATH', 'QUERYARGUMENTS']),
      ...inParts('GenericRFI', ['QUERYARGUMENTS', 'BODY', 'URIPATH']),
      ...inParts('CrossSiteScripting', ['COOKIE', 'QUERYARGUMENTS', 'BODY', 'URIPATH']),
    ],
  },
  AWSManagedRulesAdminProtectionRuleSet: { wcu: 100, rules: ['AdminProtection_URIPATH'] },
  AWSManagedRulesKnownBadInputsRuleSet: {
    wcu: 200,
    rules: [
      ...inParts('JavaDeserializationRCE', ['HEADER', 'BODY', 'URIPATH', 'QUERYSTRING']),
      'Host_localhost_HEADER',
      'PROPFIND_METHOD',
      'ExploitablePaths_URIPATH',
      ...inParts('Log4JRCE', ['HEADER', 'QUERYSTRING', 'BODY', 'URIPATH']),
      'ReactJSRCE_BODY',
    ],
  },
  AWSManagedRulesSQLiRuleSet: {
    wcu: 200,
    rules: [
      ...inParts('SQLi', ['QUERYARGUMENTS', 'BODY', 'COOKIE', 'URIPATH']),
      ...inParts('SQLiExtendedPatterns', ['QUERYARGUMENTS', 'BODY', 'HEADER', 'URIPATH']),
    ],
  },
  AWSManagedRulesLinuxRuleSet: { wcu: 200, rules: inParts('LFI', ['URIPATH', 'QUERYSTRING', 'HEADER']) },
  AWSManagedRulesUnixRuleSet: {
    wcu: 100,
    rules: inParts('UNIXShellCommandsVariables', ['QUERYSTRING', 'BODY', 'HEADER']),
  },
  AWSManagedRulesWindowsRuleSet: {
    wcu: 200,
    rules: [
      ...inParts('WindowsShellCommands', ['HEADER', 'QUERYARGUMENTS', 'QUERYSTRING', 'URIPATH', 'BODY']),
      ...inParts('PowerShellCommands', ['COOKIE', 'QUERYARGUMENTS', 'BODY']),
    ],
  },
  AWSManagedRulesPHPRuleSet: {
    wcu: 100,
    rules: inParts('PHPHighRiskMethodsVariables', ['HEADER', 'QUERYSTRING', 'BODY', 'URIPATH']),
  },
  AWSManagedRulesWordPressRuleSet: {
    wcu: 100,
    rules: ['WordPressExploitableCommands_QUERYSTRING', 'WordPressExploitablePaths_URIPATH'],
  },
  AWSManagedRulesAmazonIpReputationList: {
    wcu: 25,
    rules: ['AWSManagedIPReputationList', 'AWSManagedReconnaissanceList', 'AWSManagedIPDDoSList'],
  },
  AWSManagedRulesAnonymousIpList: { wcu: 50, rules: ['AnonymousIPList', 'HostingProviderIPList'] },
} as const satisfies Record<string, ManagedRuleGroup>;

export type ManagedRuleGroupName = keyof typeof MANAGED_RULE_GROUPS;

export const MANAGED_RULE_GROUP_NAMES = Object.keys(MANAGED_RULE_GROUPS) as [
  ManagedRuleGroupName,
  ...ManagedRuleGroupName[],
];

/** AWS names a group's rules by what they look for and the part of the request that they look in. */
function inParts(finding: string, parts: readonly string[]): string[] {
  return parts.map((part) => `${finding}_${part}`);
}
