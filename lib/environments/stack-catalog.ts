import type { StackKind } from '../preflight/expectations';
import type { Environment } from './schema';

/** A stack of an environment, as far as it is known without a synthesis. */
export interface CatalogStack {
  readonly kind: StackKind;
  readonly name: string;
  /** Where it goes; undefined is whatever account the credentials are of. */
  readonly account: string | undefined;
  /** The names of the stacks that the CDK deploys before it. */
  readonly dependsOn: readonly string[];
}

interface Row {
  readonly kind: StackKind;
  readonly isThere: boolean;
  /** Whether it stands beside the pipeline, where that has an account of its own, or beside the site. */
  readonly side?: 'pipeline';
  readonly dependsOn?: readonly StackKind[];
}

/** The stacks of an environment. A test compares it with the assembly. */
export function stackCatalog(environment: Environment): CatalogStack[] {
  const { name, account, access, stream, firewall, web, delivery, review, connect } = environment;
  const targetAccount = delivery?.targetAccount;
  const isAcross = targetAccount !== undefined;
  const rows: readonly Row[] = [
    { kind: 'Network', isThere: true },
    { kind: 'Notices', isThere: true },
    { kind: 'PipelineNotices', isThere: isAcross, side: 'pipeline' },
    { kind: 'Access', isThere: access !== undefined, dependsOn: access?.managedInstance ? ['Network'] : [] },
    { kind: 'Stream', isThere: stream !== undefined, dependsOn: ['Notices'] },
    { kind: 'Firewall', isThere: firewall !== undefined, dependsOn: ['Notices'] },
    { kind: 'Web', isThere: web !== undefined, dependsOn: ['Network', 'Access', 'Stream', 'Firewall'] },
    // Across accounts there are no references.
    {
      kind: 'Delivery',
      isThere: delivery !== undefined,
      side: 'pipeline',
      dependsOn: isAcross ? ['PipelineNotices'] : ['Notices', 'Web'],
    },
    { kind: 'DeliveryTarget', isThere: isAcross, dependsOn: ['Web'] },
    { kind: 'Connect', isThere: connect !== undefined, dependsOn: ['Network', 'Notices'] },
    { kind: 'Ports', isThere: (connect?.ports.length ?? 0) > 0 },
    {
      kind: 'Review',
      isThere: review !== undefined,
      side: 'pipeline',
      dependsOn: [isAcross ? 'PipelineNotices' : 'Notices'],
    },
  ];
  const present = rows.filter(({ isThere }) => isThere);
  return present.map(({ kind, side, dependsOn = [] }) => ({
    kind,
    name: `${name}-${kind}`,
    account: side === 'pipeline' ? account : (targetAccount ?? account),
    dependsOn: present.filter((other) => dependsOn.includes(other.kind)).map((other) => `${name}-${other.kind}`),
  }));
}
