import type { Problem } from '../../foundation/problem';
import { elementsOf, fieldsOf, isRecord, textsOf } from '../../foundation/settings';
import { connectSchema } from '../connect-settings';
import { asnProblems } from './asn-problems';
import { DEDICATED_BANDWIDTHS, interfaceProblems } from './interface-problems';
import { prefixProblems, type NetworkParts } from './prefix-problems';
import { vpnProblems } from './vpn-problems';

/** What is known of the environment around: undefined for what is malformed. */
export interface EnvironmentParts extends NetworkParts {
  readonly region: string | undefined;
  /** Names of the live tiers; undefined where one of them is malformed. */
  readonly tiers: readonly string[] | undefined;
}

/** What is wrong with the meaning of an environment's connect settings; their shape is checked apart. */
export function connectProblems(raw: unknown, environment: EnvironmentParts, label: string): Problem[] {
  const path = `${label}.connect`;
  const settings = fieldsOf(connectSchema, raw);
  const { gateway } = settings;
  const interfaces = elementsOf(raw, 'interfaces');
  return [
    ...asnProblems(settings, environment.region, path),
    ...prefixProblems(raw, gateway, environment, path),
    ...tierProblems(textsOf(raw, 'tiers'), environment.tiers, `${path}.tiers`),
    ...interfaceProblems(interfaces, gateway, environment.vpc, `${path}.interfaces`),
    ...portProblems(settings.ports ?? [], path),
    ...(isRecord(raw) ? vpnProblems(raw.vpn, gateway, `${path}.vpn`) : []),
    ...(interfaces.length === 0 && settings.interfaces !== null && settings.ports?.length === 0 && !settings.vpn
      ? [
          {
            path,
            reason: 'has neither interfaces nor ports nor a vpn: it connects nothing',
            remedy: 'list an interface, order a port, or leave connect out',
          },
        ]
      : []),
  ];
}

function tierProblems(
  named: readonly (string | undefined)[],
  tiers: readonly string[] | undefined,
  path: string,
): Problem[] {
  if (tiers === undefined) return [];
  return named.flatMap((name, index) =>
    name === undefined || tiers.includes(name)
      ? []
      : [
          {
            path: `${path}[${index}]`,
            value: name,
            reason: 'is no tier of network.tiers',
            remedy: `name some of ${tiers.join(', ')}`,
          },
        ],
  );
}

/** Source: "MAC Security", AWS Direct Connect User Guide: dedicated connections of 10 Gbps and more. */
function portProblems(
  ports: readonly { readonly name: string; readonly bandwidth: string; readonly macSec: boolean }[],
  path: string,
): Problem[] {
  return ports.flatMap(({ name, bandwidth, macSec }, index): Problem[] => {
    const own = `${path}.ports[${index}]`;
    const first = ports.findIndex((other) => other.name === name);
    return [
      ...(first < index
        ? [
            {
              path: `${own}.name`,
              value: name,
              reason: `is already the name of ${path}.ports[${first}]`,
              remedy: 'give each port a name of its own',
            },
          ]
        : []),
      ...(DEDICATED_BANDWIDTHS.includes(bandwidth)
        ? []
        : [
            {
              path: `${own}.bandwidth`,
              value: bandwidth,
              reason: 'is no bandwidth of a port; slower connections come from partners',
              remedy: `give one of ${DEDICATED_BANDWIDTHS.join(', ')}, or name a hosted connection in interfaces`,
            },
          ]),
      ...(macSec && bandwidth === '1Gbps'
        ? [
            {
              path: `${own}.macSec`,
              value: true,
              reason: 'is not to be had at 1 Gbps',
              remedy: 'order 10Gbps, or leave it out',
            },
          ]
        : []),
    ];
  });
}
