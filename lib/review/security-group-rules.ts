import ipaddr from 'ipaddr.js';
import { isRecord } from '../foundation/settings';
import { canonical, intrinsic, type Naming } from './canonical';
import { display } from './display';
import { listOf, type Fields } from './fields';
import type { Template } from './template';

/** One rule of a security group: what may pass, to or from where. */
export interface Rule {
  /** The security group, by logical ID where it is in the template. */
  readonly group: string;
  readonly direction: 'ingress' | 'egress';
  /** `tcp`, `udp`, `icmp`, a number, or `all`. */
  readonly protocol: string;
  /** Ports; for ICMP type and code. */
  readonly from: number;
  readonly to: number;
  /** A block, or what else is on the other side. */
  readonly peer: string;
  /** The logical ID of the resource that holds it. */
  readonly source: string;
  /** Set where a part is only known at deployment: then only equal rules are taken as such. */
  readonly opaque: boolean;
}

/** What a group lets out that does not say: everything. Source: AWS::EC2::SecurityGroup, SecurityGroupEgress. */
const EVERYTHING_OUT = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };

const PEERS: readonly string[] = [
  'CidrIp',
  'CidrIpv6',
  'SourcePrefixListId',
  'DestinationPrefixListId',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
  'SourceSecurityGroupName',
];

const PROTOCOL_NAMES: Readonly<Record<string, string>> = {
  '-1': 'all',
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmpv6',
};

/** @param naming names renamed resources as the other side does */
export function readRules(template: Template, naming: Naming): Rule[] {
  return [...template.resources.values()].flatMap(({ logicalId, type, properties }) => {
    if (!type.startsWith('AWS::EC2::SecurityGroup')) return [];
    const source = naming(logicalId);
    const own = JSON.parse(canonical(properties, naming)) as Fields;
    if (type === 'AWS::EC2::SecurityGroup') {
      return [
        ...listOf(own.SecurityGroupIngress).map((rule) => readRule(rule, source, 'ingress', source)),
        ...listOf(own.SecurityGroupEgress ?? EVERYTHING_OUT).map((rule) => readRule(rule, source, 'egress', source)),
      ];
    }
    const direction = type === 'AWS::EC2::SecurityGroupEgress' ? 'egress' : 'ingress';
    return [readRule(own, groupOf(own), direction, source)];
  });
}

function groupOf(properties: Fields): string {
  const { GroupId: id, GroupName: name } = properties;
  const call = intrinsic(id);
  if (call?.name === 'Ref') return display(call.argument);
  if (call?.name === 'Fn::GetAtt' && Array.isArray(call.argument)) return display(call.argument[0]);
  return display(id ?? name);
}

function readRule(raw: unknown, group: string, direction: Rule['direction'], source: string): Rule {
  const fields: Fields = isRecord(raw) && intrinsic(raw) === undefined ? raw : {};
  const peers = PEERS.filter((name) => fields[name] !== undefined).map((name) => display(fields[name]));
  const written = display(fields.IpProtocol).toLowerCase();
  const protocol = PROTOCOL_NAMES[written] ?? written;
  const [from, to] = ['FromPort', 'ToPort'].map((name) => Number(display(fields[name] ?? '-1')));
  const known =
    typeof fields.IpProtocol === 'string' && Number.isFinite(from) && Number.isFinite(to) && peers.length > 0;
  return {
    group,
    direction,
    protocol: known ? protocol : display(raw),
    from: known && from !== undefined ? from : -1,
    to: known && to !== undefined ? to : -1,
    peer: known ? peers.join(' ') : '',
    source,
    opaque: !known,
  };
}

/** Whether everything that `narrow` lets through is let through by `wide`, too. */
export function ruleCovers(wide: Rule, narrow: Rule): boolean {
  if (wide.group !== narrow.group || wide.direction !== narrow.direction) return false;
  if (wide.opaque || narrow.opaque) return wide.opaque && narrow.opaque && wide.protocol === narrow.protocol;
  return protocolCovers(wide, narrow) && peerCovers(wide.peer, narrow.peer);
}

function protocolCovers(wide: Rule, narrow: Rule): boolean {
  if (wide.protocol === 'all') return true;
  if (wide.protocol !== narrow.protocol) return false;
  if (wide.protocol.startsWith('icmp')) {
    // Type, then code; -1 is any.
    return (wide.from === -1 || wide.from === narrow.from) && (wide.to === -1 || wide.to === narrow.to);
  }
  const [all, part] = [portsOf(wide), portsOf(narrow)];
  return all.from <= part.from && all.to >= part.to;
}

/** -1, or no port at all, is every port. */
function portsOf({ from, to }: Rule): { from: number; to: number } {
  return from === -1 && to === -1 ? { from: 0, to: 65_535 } : { from, to };
}

function peerCovers(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  if (!ipaddr.isValidCIDR(wide) || !ipaddr.isValidCIDR(narrow)) return false;
  const [wideAddress, widePrefix] = ipaddr.parseCIDR(wide);
  const [address, prefix] = ipaddr.parseCIDR(narrow);
  return address.kind() === wideAddress.kind() && prefix >= widePrefix && address.match(wideAddress, widePrefix);
}

/** `tcp 443 from 0.0.0.0/0`. */
export function showRule({ direction, protocol, from, to, peer, opaque }: Rule): string {
  if (opaque) return `${direction} ${protocol}`;
  const hasPorts = protocol === 'tcp' || protocol === 'udp' || (protocol !== 'all' && from !== -1);
  const ports = from === -1 && to === -1 ? 'all ports' : from === to ? String(from) : `${from}-${to}`;
  return `${protocol === 'all' ? 'everything' : protocol}${hasPorts ? ` ${ports}` : ''} ${direction === 'ingress' ? 'from' : 'to'} ${peer}`;
}
