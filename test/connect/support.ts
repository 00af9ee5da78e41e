import { connectSchema, type ConnectSettings } from '../../lib/connect/connect-settings';

export const NETWORK = { cidr: '10.1.0.0/16', onPremises: ['192.168.0.0/16', '172.16.0.0/12'] };

export const TOKYO = {
  name: 'tokyo',
  connection: 'dxcon-tokyo0001',
  location: 'EqTY2',
  bandwidth: '1Gbps',
  vlan: 101,
  preference: 'high',
  addresses: { amazon: '169.254.100.1/30', customer: '169.254.100.2/30' },
  keySecret: 'prod/connect/tokyo',
};
export const OSAKA = {
  ...TOKYO,
  name: 'osaka',
  connection: 'ssm:/connect/osaka',
  location: 'EqOS1',
  preference: 'low',
  prepend: 2,
  addresses: { amazon: '169.254.100.5/30', customer: '169.254.100.6/30' },
};

export function connect(changes: object = {}): ConnectSettings {
  return connectSchema.parse({
    customerAsn: 65_000,
    interfaces: [TOKYO, OSAKA],
    vpn: { address: 'ssm:/connect/vpn-address', tunnels: ['169.254.60.0/30', '169.254.60.4/30'] },
    logs: { retentionDays: 30 },
    ...changes,
  });
}
