import type { EnvironmentInput } from './schema';

export const prod: EnvironmentInput = {
  name: 'prod',
  region: 'ap-northeast-1',
  availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d'],
  protectData: true,
  network: {
    cidr: '10.1.0.0/16',
    tiers: [
      { name: 'public', hostsPerZone: 250 },
      { name: 'app', hostsPerZone: 4000 },
      { name: 'data', hostsPerZone: 1000 },
    ],
    nat: 'perZone',
    interfaceEndpoints: ['ssm', 'ssmmessages', 'logs', 'kms', 'kinesis-firehose'],
    flowLogs: { retentionDays: 365 },
    onPremises: ['192.168.0.0/16'],
  },
  // Name who is to be told: without addresses alarms ring for nobody.
  notices: { emails: [], monthlyBudget: 1000 },
  access: {
    accountPreferences: true,
    idleTimeoutMinutes: 15,
    maxDurationMinutes: 240,
    logs: { retentionDays: 365 },
  },
  stream: {
    buffer: { seconds: 300, mebibytes: 64 },
    logs: { retentionDays: 365 },
  },
  firewall: {
    // Evaluated from the top. One word rolls a rule from count to block.
    rules: [
      { name: 'AllowedAddresses', kind: 'allowedAddresses', action: 'allow', addresses: [] },
      { name: 'BlockedAddresses', kind: 'blockedAddresses', action: 'block', addresses: [] },
      { name: 'RateLimit', kind: 'rateLimit', action: 'block', limit: 2000, windowSeconds: 300 },
      { name: 'SizeLimits', kind: 'sizeLimits', action: 'block', uri: 512, query: 1024, body: 4096, cookie: 4093 },
      { name: 'AdminPaths', kind: 'restrictedPaths', action: 'block', paths: ['/admin', '/wp-admin'], addresses: [] },
      {
        name: 'IncludedFiles',
        kind: 'restrictedPaths',
        action: 'block',
        paths: ['/includes', '*.bak', '*.backup', '*.cfg', '*.conf', '*.config', '*.inc', '*.ini', '*.log', '*.sql'],
        addresses: [],
      },
      { name: 'CrossSiteRequests', kind: 'crossSiteRequests', action: 'block' },
      { name: 'Reputation', kind: 'managedGroup', action: 'block', group: 'AWSManagedRulesAmazonIpReputationList' },
      { name: 'KnownBadInputs', kind: 'managedGroup', action: 'block', group: 'AWSManagedRulesKnownBadInputsRuleSet' },
      { name: 'Common', kind: 'managedGroup', action: 'block', group: 'AWSManagedRulesCommonRuleSet' },
      { name: 'SqlInjection', kind: 'managedGroup', action: 'block', group: 'AWSManagedRulesSQLiRuleSet' },
      { name: 'Linux', kind: 'managedGroup', action: 'block', group: 'AWSManagedRulesLinuxRuleSet' },
      { name: 'Php', kind: 'managedGroup', action: 'block', group: 'AWSManagedRulesPHPRuleSet' },
    ],
    logs: { retentionDays: 365 },
    blockSurge: 500,
  },
  web: {
    // Retired by AWS: 'php-8.5' is current, and 'php-8.0-docker' keeps PHP 8.0 in any account (docs/stacks/web.md).
    platform: 'php-8.0',
    instances: { least: 2, most: 6 },
    deployment: 'immutable',
    // 03:00 on Thursday in Tokyo, a day after dev.
    updates: { window: 'Wed:18:00', level: 'minor' },
    logs: { retentionDays: 365 },
    certificateArn: 'ssm:/prod/web/certificate-arn',
    hostNames: ['www.example.com'],
  },
  delivery: {
    repository: { seed: true },
    stages: [
      { kind: 'source', name: 'Source' },
      { kind: 'build', name: 'Build' },
      { kind: 'test', name: 'Test' },
      { kind: 'approval', name: 'Approval' },
      { kind: 'deploy', name: 'Deploy' },
    ],
    logs: { retentionDays: 365 },
  },
  connect: {
    customerAsn: 65_000,
    // Each parameter holds the ID of a connection: docs/stacks/connect.md, "Two steps".
    interfaces: [
      {
        name: 'tokyo',
        connection: 'ssm:/prod/connect/tokyo',
        location: 'EqTY2',
        bandwidth: '1Gbps',
        vlan: 101,
        preference: 'high',
        addresses: { amazon: '169.254.100.1/30', customer: '169.254.100.2/30' },
      },
      {
        name: 'osaka',
        connection: 'ssm:/prod/connect/osaka',
        location: 'EqOS1',
        bandwidth: '1Gbps',
        vlan: 101,
        preference: 'low',
        addresses: { amazon: '169.254.100.5/30', customer: '169.254.100.6/30' },
      },
    ],
    vpn: { address: 'ssm:/prod/connect/vpn-address', tunnels: ['169.254.60.0/30', '169.254.60.4/30'] },
    logs: { retentionDays: 365 },
  },
  review: {
    repository: 'ishizue',
    branches: ['main'],
    failOn: 'destructive',
    logs: { retentionDays: 365 },
  },
};
