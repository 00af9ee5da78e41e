import {
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointService,
  Peer,
  Port,
  SecurityGroup,
  type IVpc,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { pascalCase } from '../../foundation/naming';
import { OPEN_TO_ANY_CALLER, type InterfaceEndpointName } from '../interface-endpoints';

export interface InterfaceEndpointsProps {
  readonly vpc: IVpc;
  /** The VPC's block: whoever is in it may call. */
  readonly cidr: string;
  readonly services: readonly InterfaceEndpointName[];
  /** One network interface in each of these subnets, for each service. */
  readonly subnets: SubnetSelection;
}

/** Private ways to AWS services, behind one security group that admits HTTPS from the VPC and nothing else. */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    const { vpc, cidr, services, subnets } = props;
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'HTTPS from the VPC to interface endpoints',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(Peer.ipv4(cidr), Port.HTTPS, 'HTTPS from the VPC');
    for (const service of services) {
      const endpoint = new InterfaceVpcEndpoint(this, pascalCase(service), {
        vpc,
        service: new InterfaceVpcEndpointService(`com.amazonaws.${Stack.of(this).region}.${service}`, 443),
        privateDnsEnabled: true,
        open: false,
        securityGroups: [securityGroup],
        subnets,
      });
      if (!OPEN_TO_ANY_CALLER.has(service)) endpoint.addToPolicy(callersOfThisAccount(this));
    }
  }
}

/** Credentials of another account, brought into the VPC, get nothing out of it through the endpoint. */
function callersOfThisAccount(scope: Construct): PolicyStatement {
  return new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions: ['*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:PrincipalAccount': Stack.of(scope).account } },
  });
}
