import type { AwsAccount, DirectConnectLine, VirtualInterface } from '../aws-account';
import { fails, ok } from '../check-result';
import type { ExpectedInterface, Expectations } from '../expectations';
import type { Check } from './check';

/** What stands in an interface's way, from the cable up: there is no use in looking at BGP while the light is off. */
interface Fault {
  readonly layer: 'physical' | 'VLAN' | 'BGP';
  readonly found: string;
  readonly remedy: string;
}

/**
 * What each state of a connection or LAG but `available` asks for.
 * Source: `Connection`, connectionState, AWS Direct Connect API Reference.
 */
export const LINE_REMEDIES: Readonly<Record<string, string>> = {
  ordering: 'accept it in the console of Direct Connect (it bills from then on)',
  requested: 'wait until its letter of authorization can be downloaded',
  pending: 'have the location or the carrier make the cross connect that the letter of authorization describes',
  down: 'look at light levels and optics with the location or the carrier',
  rejected: 'ask the partner for another one',
  deleting: 'name another connection',
  deleted: 'name another connection',
};

/** Whether the connections that the interfaces stand on are up; and, of interfaces that there are, whether BGP is. */
export function virtualInterfacesCheck(_: Expectations, expected: readonly ExpectedInterface[]): Check {
  return {
    name: 'interfaces',
    asked: `are the connections of ${expected.map(({ name }) => name).join(', ')} up, and BGP on what is there?`,
    look: async (aws) => {
      const [lines, interfaces] = await Promise.all([aws.directConnectLines(), aws.virtualInterfaces()]);
      const faults = await Promise.all(expected.map((one) => faultOf(aws, one, lines, interfaces)));
      const found = faults.filter((fault) => fault !== undefined);
      if (found.length === 0) return ok('all are');
      return fails(
        found.map(({ layer, found: what }) => `${layer}: ${what}`).join('; '),
        found.map(({ remedy }) => remedy).join('\n'),
      );
    },
  };
}

async function faultOf(
  aws: AwsAccount,
  { name, connection }: ExpectedInterface,
  lines: readonly DirectConnectLine[],
  interfaces: readonly VirtualInterface[],
): Promise<Fault | undefined> {
  const id = 'id' in connection ? connection.id : (await aws.parameter(connection.parameter))?.value;
  // Another check says that there is no such parameter.
  if (id === undefined) return undefined;
  const line = lines.find((one) => one.id === id);
  if (line === undefined) {
    const remedy = 'aws directconnect describe-connections lists those of this account and region';
    return { layer: 'physical', found: `there is no ${id} here`, remedy };
  }
  if (line.state !== 'available') {
    const remedy = LINE_REMEDIES[line.state] ?? 'aws directconnect describe-connections says more';
    return { layer: 'physical', found: `${id} is ${line.state}`, remedy };
  }
  const made = interfaces.find((one) => one.name === name);
  if (made === undefined || made.state === 'available' || made.state === 'testing') return undefined;
  if (made.state === 'down' && made.bgp === 'down') {
    const remedy =
      'compare VLAN, addresses, autonomous system numbers and the BGP key with the router (connect router)';
    return { layer: 'BGP', found: `${name} is down`, remedy };
  }
  const remedy = 'compare its VLAN and addresses with the router; a hosted one has to be accepted first';
  return { layer: 'VLAN', found: `${name} is ${made.state}`, remedy };
}
