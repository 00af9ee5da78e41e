import type { EnvironmentInput } from '../../lib/environments/schema';

/** A site over HTTP where data is protected by nothing but what a test adds. */
export const SITE: EnvironmentInput = {
  name: 'test',
  region: 'ap-northeast-1',
  availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
  network: {
    cidr: '10.9.0.0/16',
    tiers: [
      { name: 'public', prefixLength: 24 },
      { name: 'app', prefixLength: 24 },
    ],
    nat: 'single',
    flowLogs: { retentionDays: 30 },
  },
  access: { idleTimeoutMinutes: 15, maxDurationMinutes: 240, logs: { retentionDays: 90 } },
  firewall: {
    rules: [{ name: 'Blocked', kind: 'blockedAddresses', action: 'block', addresses: [] }],
    logs: { retentionDays: 90 },
    blockSurge: 100,
  },
  web: {
    platform: 'php-8.5',
    instances: { least: 2, most: 6 },
    deployment: 'immutable',
    updates: { window: 'Tue:18:00', level: 'minor' },
    logs: { retentionDays: 90 },
    certificateArn: 'ssm:/test/web/certificate-arn',
    hostNames: ['www.example.com'],
  },
};

export type DeliveryInput = NonNullable<EnvironmentInput['delivery']>;

export const STAGES: DeliveryInput['stages'] = [
  { kind: 'source', name: 'Source' },
  { kind: 'build', name: 'Build' },
  { kind: 'test', name: 'Test' },
  { kind: 'approval', name: 'Approval' },
  { kind: 'deploy', name: 'Deploy' },
];

export const DELIVERY: DeliveryInput = {
  repository: { seed: true, contributors: { groups: ['developers'] } },
  stages: STAGES,
  logs: { retentionDays: 90 },
};
