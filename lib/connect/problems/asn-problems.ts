import type { Problem } from '../../foundation/problem';
import type { Given } from '../../foundation/settings';
import type { ConnectSettings } from '../connect-settings';
import { amazonAsnFault, customerAsnFault } from '../values/asn';

interface Asns {
  readonly amazonAsn: Given<number>;
  readonly gatewayAsn: Given<number>;
  readonly customerAsn: Given<number>;
  readonly gateway: Given<ConnectSettings['gateway']>;
}

/** What is wrong with the autonomous system numbers of both sides. */
export function asnProblems(asns: Asns, region: string | undefined, path: string): Problem[] {
  const { gateway } = asns;
  const faults = [
    ...(['amazonAsn', 'gatewayAsn'] as const).map((key) => ({ key, fault: faultOf(asns[key], amazonAsnFault) })),
    { key: 'customerAsn' as const, fault: faultOf(asns.customerAsn, (asn) => customerAsnFault(asn, region)) },
  ];
  const single = faults.flatMap(({ key, fault }) =>
    fault === undefined ? [] : [{ path: `${path}.${key}`, value: asns[key], ...fault }],
  );
  const equal = [
    ['customerAsn', 'amazonAsn', 'a router takes no route that has its own number in the path'],
    ['customerAsn', 'gatewayAsn', 'a router takes no route that has its own number in the path'],
    ...(gateway === 'transit'
      ? ([['gatewayAsn', 'amazonAsn', 'AWS refuses the association of the two gateways']] as const)
      : []),
  ] as const;
  const same = equal.flatMap(([key, other, because]): Problem[] =>
    typeof asns[key] === 'number' && asns[key] === asns[other]
      ? [
          {
            path: `${path}.${key}`,
            value: asns[key],
            reason: `is ${path}.${other}, too: ${because}`,
            remedy: 'give each its own number',
          },
        ]
      : [],
  );
  return [...single, ...same];
}

function faultOf<Fault>(value: Given<number>, check: (asn: number) => Fault | undefined): Fault | undefined {
  return typeof value === 'number' ? check(value) : undefined;
}
