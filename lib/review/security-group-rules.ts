import ipaddr from 'ipaddr.js';
import { isRecord } from '../foundation/settings';
import { blockCovers } from './address-blocks';
import { alternatives, isWhenImplied, showWhen, whenOf, type When } from './alternatives';
import { canonical, intrinsic, type Naming } from './canonical';
import { display } from './display';
import { listOf, ownEntry, type Fields } from './fields';
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
  /** The conditions of the template under which it is there. */
  readonly when: readonly When[];
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
  return [...template.resources.values()].flatMap(({ logicalId, type, properties, attributes }) => {
    if (!type.startsWith('AWS::EC2::SecurityGroup')) return [];
    const source = naming(logicalId);
    const own = JSON.parse(canonical(properties, naming)) as Fields;
    const { Condition: condition } = attributes;
    const always = typeof condition === 'string' ? [whenOf(condition, template.conditions)] : [];
    const rules = (list: unknown, group: string, direction: Rule['direction']): Rule[] =>
      alternatives(list, template.conditions).length > 1 && !Array.isArray(list)
        ? alternatives(list, template.conditions).flatMap(({ value, when }) =>
            listOf(value).map((rule) => readRule(rule, group, direction, source, [...always, ...when])),
          )
        : listOf(list).flatMap((each) =>
            alternatives(each, template.conditions).map(({ value, when }) =>
              readRule(value, group, direction, source, [...always, ...when]),
            ),
          );
    if (type === 'AWS::EC2::SecurityGroup') {
      return [
        ...rules(own.SecurityGroupIngress, source, 'ingress'),
        ...rules(own.SecurityGroupEgress ?? EVERYTHING_OUT, source, 'egress'),
      ];
    }
    const direction = type === 'AWS::EC2::SecurityGroupEgress' ? 'egress' : 'ingress';
    return rules(own, groupOf(own), direction);
  });
}

function groupOf(properties: Fields): string {
  const { GroupId: id, GroupName: name } = properties;
  const call = intrinsic(id);
  if (call?.name === 'Ref') return display(call.argument);
  if (call?.name === 'Fn::GetAtt' && Array.isArray(call.argument)) return display(call.argument[0]);
  return display(id ?? name);
}

function readRule(
  raw: unknown,
  group: string,
  direction: Rule['direction'],
  source: string,
  when: readonly When[],
): Rule {
  const fields: Fields = isRecord(raw) && intrinsic(raw) === undefined ? raw : {};
  const peers = PEERS.filter((name) => fields[name] !== undefined).map((name) => display(fields[name]));
  const written = display(fields.IpProtocol).toLowerCase();
  const protocol = ownEntry(PROTOCOL_NAMES, written) ?? written;
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
    when,
  };
}

/** Whether everything that `narrow` lets through is let through by `wide`, too. */
export function ruleCovers(wide: Rule, narrow: Rule): boolean {
  if (wide.group !== narrow.group || wide.direction !== narrow.direction) return false;
  if (!isWhenImplied(wide.when, narrow.when)) return false;
  if (wide.opaque || narrow.opaque) return wide.opaque && narrow.opaque && wide.protocol === narrow.protocol;
  return protocolCovers(wide, narrow) && blockCovers(wide.peer, narrow.peer);
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

/** Whether some rules together let everything through that one does: its ports in pieces, or its block in halves. */
export function rulesCover(others: readonly Rule[], narrow: Rule, budget = { left: MOST_PIECES }): boolean {
  budget.left -= 1;
  if (others.some((other) => ruleCovers(other, narrow))) return true;
  if (narrow.opaque || budget.left < 0) return false;
  const parts = portParts(others, narrow) ?? halves(others, narrow);
  return parts?.every((part) => rulesCover(others, part, budget)) ?? false;
}

const MOST_PIECES = 200;

/** The ports up to where another rule begins or ends, and those behind. */
function portParts(others: readonly Rule[], narrow: Rule): Rule[] | undefined {
  if (narrow.protocol !== 'tcp' && narrow.protocol !== 'udp') return undefined;
  const { from, to } = portsOf(narrow);
  for (const other of others) {
    if (other.opaque || other.protocol !== narrow.protocol || !overlaps(other.peer, narrow.peer)) continue;
    const ports = portsOf(other);
    for (const end of [ports.to, ports.from - 1]) {
      if (end >= from && end < to)
        return [
          { ...narrow, from, to: end },
          { ...narrow, from: end + 1, to },
        ];
    }
  }
  return undefined;
}

function overlaps(one: string, other: string): boolean {
  return blockCovers(one, other) || blockCovers(other, one);
}

/** If another rule is about a part of the block. */
function halves(others: readonly Rule[], narrow: Rule): Rule[] | undefined {
  const { peer } = narrow;
  const isInside = (other: Rule): boolean => !other.opaque && other.peer !== peer && blockCovers(peer, other.peer);
  if (!ipaddr.isValidCIDR(peer) || !others.some(isInside)) return undefined;
  const [address, prefix] = ipaddr.parseCIDR(peer);
  const bytes = address.toByteArray();
  const byte = bytes[prefix >> 3];
  if (byte === undefined) return undefined;
  const mask = 0x80 >> (prefix & 7);
  return [byte & ~mask, byte | mask].map((value) => {
    const half = ipaddr.fromByteArray(bytes.map((each, index) => (index === prefix >> 3 ? value : each)));
    return { ...narrow, peer: `${half.toString()}/${prefix + 1}` };
  });
}

/** `tcp 443 from 0.0.0.0/0`. */
export function showRule({ direction, protocol, from, to, peer, opaque, when }: Rule): string {
  const only = when.length === 0 ? '' : ` if ${when.map(showWhen).join(' and ')}`;
  if (opaque) return `${direction} ${protocol}${only}`;
  const hasPorts = protocol === 'tcp' || protocol === 'udp' || (protocol !== 'all' && from !== -1);
  const ports = from === -1 && to === -1 ? 'all ports' : from === to ? String(from) : `${from}-${to}`;
  return `${protocol === 'all' ? 'everything' : protocol}${hasPorts ? ` ${ports}` : ''} ${direction === 'ingress' ? 'from' : 'to'} ${peer}${only}`;
}
