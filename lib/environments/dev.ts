import type { EnvironmentInput } from './schema';

export const dev: EnvironmentInput = {
  name: 'dev',
  region: 'ap-northeast-1',
  availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
  protectData: false,
  network: {
    cidr: '10.0.0.0/16',
    tiers: [
      { name: 'public', hostsPerZone: 250 },
      { name: 'app', hostsPerZone: 4000 },
      { name: 'data', hostsPerZone: 1000 },
    ],
    nat: 'single',
    flowLogs: { retentionDays: 30 },
    onPremises: ['192.168.0.0/16'],
  },
  // Name who is to be told: without addresses alarms ring for nobody.
  notices: { emails: [], monthlyBudget: 200 },
  access: {
    idleTimeoutMinutes: 30,
    maxDurationMinutes: 480,
    logs: { retentionDays: 30 },
  },
  stream: {
    buffer: { seconds: 60, mebibytes: 5 },
    expirationDays: 30,
    logs: { retentionDays: 30 },
  },
  firewall: {
    // Evaluated from the top. One word rolls a rule from count to block.
    rules: [
      { name: 'AllowedAddresses', kind: 'allowedAddresses', action: 'allow', addresses: [] },
      { name: 'BlockedAddresses', kind: 'blockedAddresses', action: 'count', addresses: [] },
      { name: 'RateLimit', kind: 'rateLimit', action: 'count', limit: 2000, windowSeconds: 300 },
      { name: 'SizeLimits', kind: 'sizeLimits', action: 'count', uri: 512, query: 1024, body: 4096, cookie: 4093 },
      { name: 'AdminPaths', kind: 'restrictedPaths', action: 'count', paths: ['/admin', '/wp-admin'], addresses: [] },
      {
        name: 'IncludedFiles',
        kind: 'restrictedPaths',
        action: 'count',
        paths: ['/includes', '*.bak', '*.backup', '*.cfg', '*.conf', '*.config', '*.inc', '*.ini', '*.log', '*.sql'],
        addresses: [],
      },
      { name: 'CrossSiteRequests', kind: 'crossSiteRequests', action: 'count' },
      { name: 'Reputation', kind: 'managedGroup', action: 'count', group: 'AWSManagedRulesAmazonIpReputationList' },
      { name: 'KnownBadInputs', kind: 'managedGroup', action: 'count', group: 'AWSManagedRulesKnownBadInputsRuleSet' },
      { name: 'Common', kind: 'managedGroup', action: 'count', group: 'AWSManagedRulesCommonRuleSet' },
      { name: 'SqlInjection', kind: 'managedGroup', action: 'count', group: 'AWSManagedRulesSQLiRuleSet' },
      { name: 'Linux', kind: 'managedGroup', action: 'count', group: 'AWSManagedRulesLinuxRuleSet' },
      { name: 'Php', kind: 'managedGroup', action: 'count', group: 'AWSManagedRulesPHPRuleSet' },
    ],
    logs: { retentionDays: 30 },
    blockSurge: 500,
  },
  web: {
    // Retired by AWS: 'php-8.5' is current, and 'php-8.0-docker' keeps PHP 8.0 in any account (docs/stacks/web.md).
    platform: 'php-8.0',
    instances: { least: 1, most: 2 },
    deployment: 'rolling',
    // 03:00 on Wednesday in Tokyo.
    updates: { window: 'Tue:18:00', level: 'minor' },
    logs: { retentionDays: 30 },
  },
  delivery: {
    repository: { seed: true, protectMain: false },
    stages: [
      { kind: 'source', name: 'Source' },
      { kind: 'build', name: 'Build' },
      { kind: 'test', name: 'Test' },
      { kind: 'deploy', name: 'Deploy' },
    ],
    artifactDays: 30,
    logs: { retentionDays: 30 },
  },
};
