import type { Problem } from '../../foundation/problem';
import { fieldsOf, isRecord, textsOf, type Given } from '../../foundation/settings';
import { vpnSchema, type ConnectSettings } from '../connect-settings';
import { isPublicAddress, parseLinkAddress, tunnelFault } from '../values/link-addresses';
import { parameterPath } from '../values/parameter-or';

/** What is wrong with the meaning of the backup. */
export function vpnProblems(raw: unknown, gateway: Given<ConnectSettings['gateway']>, path: string): Problem[] {
  if (!isRecord(raw)) return [];
  const { address, routing } = fieldsOf(vpnSchema, raw);
  const problems: Problem[] = [];
  if (typeof address === 'string' && parameterPath(address) === undefined) {
    const parsed = parseLinkAddress(`${address}/32`);
    if (parsed === undefined) {
      problems.push({
        path: `${path}.address`,
        value: address,
        reason: 'is neither an IPv4 address nor ssm: and the path of a parameter',
        remedy: 'give the public address of the device, or for example ssm:/connect/vpn-address',
      });
    } else if (!isPublicAddress(parsed.address)) {
      problems.push({
        path: `${path}.address`,
        value: address,
        reason: 'is not reached from the internet',
        remedy: 'give the public address that the device is seen with',
      });
    }
  }
  if (routing === 'static' && gateway === 'transit') {
    problems.push({
      path: `${path}.routing`,
      value: routing,
      reason:
        'makes routes that a transit gateway puts before those of Direct Connect: the backup would carry everything',
      remedy: 'use bgp, or gateway: virtualPrivate',
    });
  }
  return [...problems, ...tunnelProblems(textsOf(raw, 'tunnels'), `${path}.tunnels`)];
}

function tunnelProblems(tunnels: readonly (string | undefined)[], path: string): Problem[] {
  return tunnels.flatMap((text, index): Problem[] => {
    if (text === undefined) return [];
    const first = tunnels.indexOf(text);
    const fault =
      first < index
        ? { reason: `is already that of tunnels[${first}]`, remedy: 'give each tunnel its own' }
        : tunnelFault(text);
    return fault === undefined ? [] : [{ path: `${path}[${index}]`, value: text, ...fault }];
  });
}
