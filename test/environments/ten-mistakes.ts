/** Two environments with ten mistakes of every sort: of shape, of meaning, and across environments. */
export const TEN_MISTAKES: readonly unknown[] = [
  {
    name: 'dev',
    region: 'ap-northeast-1',
    availabilityZones: ['ap-northeast-1a', 'ap-northeast-1a'],
    network: {
      cidr: '10.0.0.0/20',
      tiers: [
        { name: 'public', hostsPerZone: 250 },
        { name: 'app', hostsPerZone: 70000 },
        { name: 'data', hostsPerZone: 900, prefixLength: 22 },
        { name: 'public', hostsPerZone: 1000 },
      ],
      nat: 'singel',
      intefaceEndpoints: ['ssm'],
      flowLogs: { retentionDays: 31 },
    },
  },
  {
    name: 'prod',
    region: 'ap-northeast-1',
    availabilityZones: ['ap-northeast-1a', 'us-east-1b'],
    network: {
      cidr: '10.0.8.0/21',
      tiers: [{ name: 'app', hostsPerZone: 250 }],
      nat: 'none',
      flowLogs: { retentionDays: 365 },
    },
  },
];
