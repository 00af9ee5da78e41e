/** What a resource costs by being there, in US dollars, traffic and use apart. */
export interface Price {
  readonly perHour?: number;
  /** For what AWS prices by the month. */
  readonly perMonth?: number;
  /** Not confirmed with a page of AWS. */
  readonly estimate?: true;
}

/** AWS counts a month so. Source: AWS Pricing Calculator, assumptions. */
export const HOURS_A_MONTH = 730;

export const PRICES_OF = 'November 2026';

/** The same in every commercial region. */
export const WORLDWIDE = {
  /** Sources: aws.amazon.com/vpc/pricing, aws.amazon.com/waf/pricing, aws.amazon.com/kms/pricing. */
  publicIpv4: { perHour: 0.005 },
  webAcl: { perMonth: 5 },
  webAclRule: { perMonth: 1 },
  key: { perMonth: 1 },
} as const satisfies Record<string, Price>;

interface RegionalPrices {
  readonly natGateway: Price;
  /** For each zone. */
  readonly interfaceEndpoint: Price;
  readonly loadBalancer: Price;
  readonly vpnConnection: Price;
  readonly transitGatewayAttachment: Price;
  readonly siteLink: Price;
  /** Dedicated ports of Direct Connect, by bandwidth. */
  readonly ports: Readonly<Record<string, Price>>;
  readonly instances: Readonly<Record<string, Price>>;
}

/** On demand, Linux. Recalled, not read from the price list, which needs the internet: marked as estimates. */
function sizes(family: string, large: number): Record<string, Price> {
  const shares = { nano: 1 / 16, micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1, xlarge: 2, '2xlarge': 4 };
  return Object.fromEntries(
    Object.entries(shares).map(([size, share]) => [
      `${family}.${size}`,
      { perHour: Number((large * share).toFixed(4)), estimate: true as const },
    ]),
  );
}

/**
 * By region: one that is not here has no price, rather than a wrong one. Sources: NAT, endpoints as in docs/stacks/network.md
 * (aws.amazon.com/vpc/pricing, autumn 2026); load balancers aws.amazon.com/elasticloadbalancing/pricing; VPN, transit gateways and Direct Connect from AWS's price list of
 * October 2026.
 */
export const REGIONAL: Readonly<Record<string, RegionalPrices>> = {
  'ap-northeast-1': {
    natGateway: { perHour: 0.062 },
    interfaceEndpoint: { perHour: 0.014 },
    loadBalancer: { perHour: 0.0243 },
    vpnConnection: { perHour: 0.048 },
    transitGatewayAttachment: { perHour: 0.07 },
    siteLink: { perHour: 0.5 },
    ports: { '1Gbps': { perHour: 0.285 }, '10Gbps': { perHour: 2.142 }, '100Gbps': { perHour: 22.5 } },
    instances: {
      ...sizes('t3', 0.1088),
      ...sizes('t3a', 0.0979),
      ...sizes('t4g', 0.0864),
      'm5.large': { perHour: 0.124, estimate: true },
      'm5.xlarge': { perHour: 0.248, estimate: true },
      'm6i.large': { perHour: 0.124, estimate: true },
      'm6i.xlarge': { perHour: 0.248, estimate: true },
      'c5.large': { perHour: 0.107, estimate: true },
      'r5.large': { perHour: 0.152, estimate: true },
    },
  },
};
