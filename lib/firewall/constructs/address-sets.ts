import { CfnIPSet } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { addressBlocks, type AddressFamily } from '../../foundation/addresses';

export interface AddressSetsProps {
  /** Whose addresses: the name of a rule. */
  readonly ruleName: string;
  readonly addresses: readonly string[];
}

/** The addresses of one rule: an IP set for IPv4 and one for IPv6, because WAF has none for both. */
export class AddressSets extends Construct {
  private readonly sets: Record<AddressFamily, CfnIPSet>;

  constructor(scope: Construct, id: string, props: AddressSetsProps) {
    super(scope, id);
    const blocks = addressBlocks(props.addresses);
    const shared = {
      scope: 'REGIONAL',
      // Underscores, which names of rules may have, are refused in a description.
      description: `Addresses of the rule ${props.ruleName.replaceAll('_', '-')}`,
    };
    const of = (family: AddressFamily): string[] =>
      blocks.filter((block) => block.family === family).map(({ cidr }) => cidr);
    this.sets = {
      IPV4: new CfnIPSet(this, 'Ipv4', { ...shared, ipAddressVersion: 'IPV4', addresses: of('IPV4') }),
      IPV6: new CfnIPSet(this, 'Ipv6', { ...shared, ipAddressVersion: 'IPV6', addresses: of('IPV6') }),
    };
  }

  arn(family: AddressFamily): string {
    return this.sets[family].attrArn;
  }
}
