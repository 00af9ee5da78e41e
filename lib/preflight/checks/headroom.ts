import type { AwsAccount, Quota } from '../aws-account';
import { stacksOf } from '../concerns';
import type { Expectations } from '../expectations';
import { fails, ok } from '../check-result';
import type { Check } from './check';

/** Source: Service Quotas console, "VPCs per Region" and "EC2-VPC Elastic IPs"; both are 5 by default. November 2026. */
const VPCS: Quota = { service: 'vpc', code: 'L-F678F1CE' };
const ELASTIC_IPS: Quota = { service: 'ec2', code: 'L-0263D0A3' };

/** Whether the account's quotas leave room for the environment's VPC and its NAT gateways' addresses. */
export function headroomChecks({ region, vpcs, elasticIps, stacks }: Expectations): Check[] {
  return [
    headroomCheck({
      region,
      name: 'vpcs',
      thing: 'VPC',
      needed: vpcs,
      quota: VPCS,
      existing: (aws) => aws.vpcIds(),
      own: (aws) => ownResources(aws, stacksOf('vpcs', { stacks }), 'AWS::EC2::VPC'),
    }),
    headroomCheck({
      region,
      name: 'addresses',
      thing: 'Elastic IP address',
      needed: elasticIps,
      quota: ELASTIC_IPS,
      existing: (aws) => aws.elasticIps(),
      own: (aws) => ownResources(aws, stacksOf('addresses', { stacks }), 'AWS::EC2::EIP'),
    }),
  ].filter(({ needed }) => needed > 0);
}

interface Headroom {
  readonly region: string;
  readonly name: 'vpcs' | 'addresses';
  readonly thing: string;
  readonly needed: number;
  readonly quota: Quota;
  readonly existing: (aws: AwsAccount) => Promise<readonly string[]>;
  readonly own: (aws: AwsAccount) => Promise<readonly string[]>;
}

function headroomCheck({
  region,
  name,
  thing,
  needed,
  quota,
  existing,
  own,
}: Headroom): Check & { readonly needed: number } {
  return {
    name,
    needed,
    asked: `is there room for ${count(needed, thing)}?`,
    look: async (aws) => {
      const [ids, most] = await Promise.all([existing(aws), aws.quota(quota)]);
      const free = Math.max(most - ids.length, 0);
      const found = `${ids.length} of ${most} in use`;
      if (needed <= free) return ok(found);
      // Only now does it matter whose they are: what a stack has already made, it does not make again.
      const made = (await own(aws)).filter((id) => ids.includes(id)).length;
      if (needed - made <= free) return ok(`${found}, ${made} by this environment`);
      return fails(
        found,
        `delete ${count(needed - made - free, thing)} that nobody needs, or have the quota raised: ` +
          `aws service-quotas request-service-quota-increase --region ${region} --service-code ${quota.service} ` +
          `--quota-code ${quota.code} --desired-value ${ids.length - made + needed}`,
      );
    },
  };
}

async function ownResources(aws: AwsAccount, stackNames: readonly string[], type: string): Promise<string[]> {
  const resources = await Promise.all(stackNames.map((name) => aws.stackResources(name)));
  return (
    resources
      .flat()
      .filter((resource) => resource.type === type)
      // An identifier of several parts: `203.0.113.1|eipalloc-…`.
      .map(({ physicalId }) => physicalId.split('|', 1)[0] ?? '')
  );
}

function count(number: number, thing: string): string {
  const plural = thing.endsWith('s') ? `${thing}es` : `${thing}s`;
  return `${number} ${number === 1 ? thing : plural}`;
}
