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
};
