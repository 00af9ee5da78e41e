import type { Problem } from '../foundation/problem';
import { fieldsOf, textsOf } from '../foundation/settings';
import { parseArnOrParameter } from './arn-or-parameter';
import { otherRegion, variableProblems } from './variable-problems';
import { webSchema } from './web-settings';

/** An application load balancer stands in two zones at least. Source: "Application Load Balancers", Elastic Load Balancing. */
const LEAST_ZONES = 2;

/** What this stack needs of the environment around it; undefined for what is malformed there. */
export interface WebSurroundings {
  readonly region: string | undefined;
  readonly protectData: boolean | undefined;
  readonly zones: number;
  readonly nat: string | undefined;
  readonly hasPublicTier: boolean | undefined;
  readonly hasAppTier: boolean | undefined;
  readonly hasFirewall: boolean;
  readonly hasAccess: boolean;
}

/** What is wrong with the meaning of an environment's web settings. */
export function webProblems(raw: unknown, around: WebSurroundings, environment: string): Problem[] {
  const path = `${environment}.web`;
  const { platform } = fieldsOf(webSchema, raw);
  return [
    ...surroundingProblems(around, environment),
    ...instanceProblems(raw, path),
    ...certificateProblems(raw, around, path),
    ...variableProblems(raw, path, around.region, platform ?? undefined),
    ...keyProblems(raw, around.region, path),
  ];
}

function surroundingProblems(around: WebSurroundings, environment: string): Problem[] {
  const problems: Problem[] = [];
  const without = (part: string, why: string): void => {
    problems.push({
      path: `${environment}.${part}`,
      reason: `is missing, and web needs it: ${why}`,
      remedy: `add ${part}, or remove web`,
    });
  };
  if (!around.hasFirewall) without('firewall', 'its load balancer serves nothing without a web ACL');
  if (!around.hasAccess) without('access', 'its instances are managed through Session Manager');
  for (const [kind, has] of [
    ['public', around.hasPublicTier],
    ['app', around.hasAppTier],
  ] as const) {
    if (has === false) {
      problems.push({
        path: `${environment}.network.tiers`,
        reason: `have none of kind ${kind}, where web puts its ${kind === 'public' ? 'load balancer' : 'instances'}`,
        remedy: `add a tier of kind ${kind}, or remove web`,
      });
    }
  }
  if (around.nat === 'none') {
    problems.push({
      path: `${environment}.network.nat`,
      value: 'none',
      reason: 'leaves the instances of web no way to Elastic Beanstalk and to what the application is built from',
      remedy: 'choose single, perZone or regional, or remove web',
    });
  }
  if (around.zones > 0 && around.zones < LEAST_ZONES) {
    problems.push({
      path: `${environment}.availabilityZones`,
      reason: `are ${around.zones}, and the load balancer of web needs ${LEAST_ZONES}`,
      remedy: 'add a zone, or remove web',
    });
  }
  return problems;
}

function instanceProblems(raw: unknown, path: string): Problem[] {
  const { instances, deployment, batchPercent } = fieldsOf(webSchema, raw);
  const problems: Problem[] = [];
  if (instances && instances.least > instances.most) {
    problems.push({
      path: `${path}.instances.least`,
      value: instances.least,
      reason: `is more than instances.most (${instances.most})`,
      remedy: 'lower it, or raise instances.most',
    });
  }
  if (deployment === 'immutable' && batchPercent !== undefined && batchPercent !== null) {
    problems.push({
      path: `${path}.batchPercent`,
      value: batchPercent,
      reason: 'has no meaning in an immutable deployment, which has no batches',
      remedy: "remove it, or choose deployment 'rolling'",
    });
  }
  return problems;
}

function certificateProblems(raw: unknown, { protectData, region }: WebSurroundings, path: string): Problem[] {
  const { certificateArn, hostNames } = fieldsOf(webSchema, raw);
  const at = `${path}.certificateArn`;
  if (certificateArn === null) return [];
  if (certificateArn === undefined) {
    if (protectData !== true) return [];
    return [
      {
        path: at,
        reason: 'is missing: an environment with protectData is not served over HTTP, in the clear',
        remedy: "give the ARN of an ACM certificate, or 'ssm:/path' of a parameter that holds it",
      },
    ];
  }
  const reference = parseArnOrParameter(certificateArn);
  const problems: Problem[] = [];
  if (hostNames?.length === 0) {
    problems.push({
      path: `${path}.hostNames`,
      reason: 'are missing: there is a certificate, and none is to be had for the name that Elastic Beanstalk gives',
      remedy: "list the names that the certificate is for, for example ['www.example.com']",
    });
  }
  if (reference?.kind === 'parameter') return problems;
  if (reference?.service !== 'acm' || !certificateArn.includes(':certificate/')) {
    problems.push({
      path: at,
      value: certificateArn,
      reason: 'is not a reference to an ACM certificate',
      remedy: "give its ARN (arn:aws:acm:…:certificate/…), or 'ssm:/path' of a parameter that holds it",
    });
    return problems;
  }
  return [...problems, ...otherRegion(at, certificateArn, reference.region, region)];
}

function keyProblems(raw: unknown, region: string | undefined, path: string): Problem[] {
  return textsOf(raw, 'secretKeys').flatMap((arn, index) => {
    const reference = arn === undefined ? undefined : parseArnOrParameter(arn);
    if (arn === undefined || reference?.kind !== 'arn') return [];
    return otherRegion(`${path}.secretKeys[${index}]`, arn, reference.region, region);
  });
}
