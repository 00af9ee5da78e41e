import { display } from './display';
import { HOURS_A_MONTH, REGIONAL, WORLDWIDE, type Price } from './price-table';
import type { StackPair } from './stack-pair';
import type { Stack } from './assembly';
import type { Resource } from './template';

/** What a change adds to, or takes from, the bill of a month, by kind of resource. */
export interface PriceLine {
  readonly stack: string;
  readonly what: string;
  readonly before: number;
  readonly after: number;
  /** US dollars a month, more or less. Undefined where no price is known. */
  readonly perMonth: number | undefined;
  readonly estimate: boolean;
  /** Why there is no price. */
  readonly unknown?: string;
}

interface Item {
  readonly what: string;
  readonly count: number;
  readonly price: Price | undefined;
  readonly unknown?: string;
}

/** Resources with a fixed price that come, go or change in number. */
export function priceLines({ id, base, head, before, after }: StackPair): PriceLine[] {
  const stays = head === undefined && base?.parent === undefined;
  const old = tally(base, [...before.resources.values()]);
  const now = tally(head, [...after.resources.values()]);
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((key): PriceLine[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const [countBefore, countAfter] = [was?.count ?? 0, is?.count ?? 0];
    const item = is ?? was;
    if (item === undefined || countBefore === countAfter) return [];
    const each = item.price === undefined || stays ? undefined : monthly(item.price);
    const unknown = stays ? 'only if the stack is destroyed' : item.unknown;
    return [
      {
        stack: id,
        what: item.what,
        before: countBefore,
        after: countAfter,
        perMonth: each === undefined ? undefined : (countAfter - countBefore) * each,
        estimate: item.price?.estimate === true,
        ...(unknown === undefined ? {} : { unknown }),
      },
    ];
  });
}

function monthly({ perHour, perMonth }: Price): number {
  return (perMonth ?? 0) + (perHour ?? 0) * HOURS_A_MONTH;
}

function tally(stack: Stack | undefined, resources: readonly Resource[]): Map<string, Item> {
  const items = new Map<string, Item>();
  if (stack === undefined) return items;
  for (const resource of resources) {
    for (const item of itemsOf(resource, stack.region)) {
      const key = `${item.what} ${item.unknown ?? ''}`;
      items.set(key, { ...item, count: (items.get(key)?.count ?? 0) + item.count });
    }
  }
  return items;
}

const ATTACHMENT = 'attachment of a transit gateway';

function itemsOf({ type, properties }: Resource, region: string): Item[] {
  const regional = REGIONAL[region];
  const of = (what: string, count: number, price: Price | undefined): Item[] => [
    {
      what,
      count,
      price,
      ...(price === undefined ? { unknown: `no price is known for ${region}` } : {}),
    },
  ];
  switch (type) {
    case 'AWS::EC2::NatGateway':
      return of('NAT gateway', 1, regional?.natGateway);
    case 'AWS::EC2::EIP':
      return of('public IPv4 address', 1, WORLDWIDE.publicIpv4);
    case 'AWS::EC2::VPCEndpoint':
      return properties.VpcEndpointType === 'Interface'
        ? of('interface endpoint in a zone', countOf(properties.SubnetIds), regional?.interfaceEndpoint)
        : [];
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return of('load balancer', 1, regional?.loadBalancer);
    case 'AWS::EC2::Instance': {
      const size = display(properties.InstanceType ?? 'm1.small');
      const price = regional?.instances[size];
      return [
        {
          what: `instance ${size}`,
          count: 1,
          price,
          ...(price === undefined ? { unknown: `no price of ${size} is known for ${region}` } : {}),
        },
      ];
    }
    case 'AWS::EC2::VPNConnection':
      return [
        ...of('VPN connection', 1, regional?.vpnConnection),
        // The VPN is an attachment of the gateway, too.
        ...(properties.TransitGatewayId === undefined ? [] : of(ATTACHMENT, 1, regional?.transitGatewayAttachment)),
      ];
    case 'AWS::EC2::TransitGatewayAttachment':
    case 'AWS::EC2::TransitGatewayVpcAttachment':
      return of(ATTACHMENT, 1, regional?.transitGatewayAttachment);
    case 'AWS::DirectConnect::Connection': {
      const bandwidth = display(properties.Bandwidth);
      return of(`Direct Connect port of ${bandwidth}`, 1, regional?.ports[bandwidth]);
    }
    case 'AWS::DirectConnect::PrivateVirtualInterface':
    case 'AWS::DirectConnect::TransitVirtualInterface':
      return properties.EnableSiteLink === true ? of('SiteLink on an interface', 1, regional?.siteLink) : [];
    case 'AWS::WAFv2::WebACL':
      return [
        ...of('web ACL', 1, WORLDWIDE.webAcl),
        ...of('rule of a web ACL', Array.isArray(properties.Rules) ? properties.Rules.length : 0, WORLDWIDE.webAclRule),
      ];
    case 'AWS::KMS::Key':
      return of('key', 1, WORLDWIDE.key);
    default:
      return [];
  }
}

function countOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 1;
}
