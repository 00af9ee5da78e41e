import type { Problem } from '../foundation/problem';
import { fieldsOf } from '../foundation/settings';
import { accessSchema } from './access-settings';

/**
 * What an instance calls to be managed, and to log sessions encrypted. S3 is reached through its gateway endpoint.
 * Source: "Use VPC endpoints with Session Manager", Systems Manager User Guide. (ec2messages: agents before 3.3.40.0.)
 */
export const SESSION_MANAGER_ENDPOINTS = ['ssm', 'ssmmessages', 'logs', 'kms'] as const;

/** What this stack needs of the network around it; undefined for what is malformed there. */
export interface ReachableServices {
  readonly nat: string | undefined;
  readonly interfaceEndpoints: readonly string[] | undefined;
  /** False if no tier can hold a private instance; undefined if that is not known. */
  readonly hasAppTier: boolean | undefined;
}

/** What is wrong with the meaning of an environment's access settings. */
export function accessProblems(raw: unknown, network: ReachableServices, environment: string): Problem[] {
  const path = `${environment}.access`;
  const { idleTimeoutMinutes, maxDurationMinutes, managedInstance } = fieldsOf(accessSchema, raw);
  const problems: Problem[] = [];
  if (idleTimeoutMinutes && maxDurationMinutes && idleTimeoutMinutes > maxDurationMinutes) {
    problems.push({
      path: `${path}.idleTimeoutMinutes`,
      value: idleTimeoutMinutes,
      reason: `is longer than maxDurationMinutes (${maxDurationMinutes}), so no session would ever reach it`,
      remedy: 'lower it, or raise maxDurationMinutes',
    });
  }
  if (managedInstance === true && network.hasAppTier === false) {
    problems.push({
      path: `${path}.managedInstance`,
      value: true,
      reason: 'needs a tier of kind app to stand in, and there is none',
      remedy: 'add such a tier, or set it to false',
    });
  }
  return [...problems, ...reachProblems(network, environment)];
}

function reachProblems({ nat, interfaceEndpoints }: ReachableServices, environment: string): Problem[] {
  if (nat !== 'none' || interfaceEndpoints === undefined) return [];
  const missing = SESSION_MANAGER_ENDPOINTS.filter((name) => !interfaceEndpoints.includes(name));
  if (missing.length === 0) return [];
  return [
    {
      path: `${environment}.network.interfaceEndpoints`,
      reason: `lack ${missing.join(', ')}: without NAT, instances reach Session Manager through endpoints only`,
      remedy: `add ${missing.join(', ')}, choose another network.nat, or remove access`,
    },
  ];
}
