import type { Problem } from '../foundation/problem';
import { PLATFORMS } from './platforms';
import { parseArnOrParameter } from './arn-or-parameter';
import type { WebSettings } from './web-settings';

/**
 * What the environments of this repository are shipped with, and no site can go live with. Synthesis warns of it, and
 * preflight asks the account about what only the account knows (a parameter, a platform).
 */
export interface DefaultToChange extends Problem {
  readonly what: 'retiredPlatform' | 'noCertificate' | 'reservedHostName' | 'certificateToMake';
}

/**
 * Names that belong to nobody: they cannot be delegated to the site, and no certificate authority vouches for them.
 * Source: RFC 2606, sections 2 and 3, and RFC 6761, section 6.
 */
const RESERVED_NAME = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$/;

/** The settings of a site that have to be changed before it goes live, each with what to do. */
export function defaultsToChange(settings: WebSettings, environmentName: string): DefaultToChange[] {
  const path = `${environmentName}.web`;
  return [
    ...platformToChange(settings, path),
    ...certificateToAdd(settings, path),
    ...namesToChange(settings, path),
    ...certificateToMake(settings, path),
  ];
}

function platformToChange({ platform }: WebSettings, path: string): DefaultToChange[] {
  const { retired } = PLATFORMS[platform];
  if (retired === undefined) return [];
  return [
    {
      what: 'retiredPlatform',
      path: `${path}.platform`,
      value: platform,
      reason: `is ${retired.what}, which AWS retired on ${retired.since}: no more updates, and only accounts that used it before can create it (elsewhere: "No Solution Stack named …")`,
      remedy: "use 'php-8.5', or 'php-8.0-docker' to keep PHP 8.0 in any account",
    },
  ];
}

function certificateToAdd({ certificateArn }: WebSettings, path: string): DefaultToChange[] {
  if (certificateArn !== undefined) return [];
  return [
    {
      what: 'noCertificate',
      path: `${path}.certificateArn`,
      reason: 'is missing: the site is served over HTTP, in the clear',
      remedy: "give the ARN of an ACM certificate, or 'ssm:/path' of a parameter that holds it, and hostNames",
    },
  ];
}

function namesToChange({ hostNames }: WebSettings, path: string): DefaultToChange[] {
  return hostNames.flatMap((name, index) =>
    RESERVED_NAME.test(name)
      ? [
          {
            what: 'reservedHostName',
            path: `${path}.hostNames[${index}]`,
            value: name,
            reason: 'is a name for examples: nobody can point it at this site, or get a certificate for it',
            remedy: 'write the host name that the site is to have',
          },
        ]
      : [],
  );
}

/**
 * Whether a parameter exists, only the account can say. But while all names of the site are still examples, nobody can
 * have made a certificate to put into it.
 */
function certificateToMake({ certificateArn, hostNames }: WebSettings, path: string): DefaultToChange[] {
  const reference = certificateArn === undefined ? undefined : parseArnOrParameter(certificateArn);
  if (reference?.kind !== 'parameter' || !hostNames.every((name) => RESERVED_NAME.test(name))) return [];
  return [
    {
      what: 'certificateToMake',
      path: `${path}.certificateArn`,
      value: certificateArn,
      reason: 'names a parameter that somebody has to make: without it the deployment of Web fails',
      remedy:
        "request an ACM certificate for the site's own host names, and put its ARN into the parameter (aws ssm put-parameter --type String --name … --value …)",
    },
  ];
}
