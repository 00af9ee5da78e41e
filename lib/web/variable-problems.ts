import type { Problem } from '../foundation/problem';
import { isRecord } from '../foundation/settings';
import { PLATFORMS, type PlatformName } from './platforms';
import { parseArnOrParameter } from './arn-or-parameter';

/** Variables that the stack itself sets. */
export const OWN_VARIABLES = ['AWS_REGION', 'DELIVERY_STREAM'] as const;

/** Source: "Environment properties and other software settings" (limits), Elastic Beanstalk Developer Guide. */
const NAME = /^[A-Z_][A-Z0-9_]*$/;
const LONGEST_NAME = 128;
const LONGEST_VALUE = 256;
const MOST_BYTES = 4096;
/** The ARNs of so many fit a managed policy (6,144 characters). Source: "IAM and AWS STS quotas", IAM User Guide. */
const MOST_SECRETS = 30;
/** Kept for the variables that the stack adds: their names, a region, the name of a stream (64 characters). */
const OWN_BYTES = 128;

/** Ones that change how every program on an instance runs. */
const SYSTEM_VARIABLES = ['PATH', 'HOME', 'LD_PRELOAD', 'LD_LIBRARY_PATH'];
const CREDENTIAL_VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** Words in the name of a variable that nobody gives to anything but a secret. */
const SECRET_NAME =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?)(_|$)|(^|_)(PASS|PWD|AUTH|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|APP_?KEY)(_|$)/;
/** Access keys and tokens of well-known services, keys in PEM, and user:password@ in an address. */
const SECRET_VALUE =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|\b(ghp_|gho_|github_pat_|glpat-|sk_live_|rk_live_|xox[abprs]-)|-----BEGIN [A-Z ]*PRIVATE KEY-----|:\/\/[^/\s:@]+:[^/\s@]+@/;

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

/** What is wrong with `variables`, `secrets` and what they are together. */
export function variableProblems(
  raw: unknown,
  path: string,
  region: string | undefined,
  platform: PlatformName | undefined,
): Problem[] {
  const variables = entriesOf(raw, 'variables', path);
  const secrets = entriesOf(raw, 'secrets', path);
  return [
    ...[...variables, ...secrets].flatMap(nameProblems),
    ...variables.flatMap(valueProblems),
    ...sizeProblems(variables, path),
    ...secrets.flatMap((secret) => referenceProblems(secret, region)),
    ...secrets
      .filter(({ name }) => variables.some((variable) => variable.name === name))
      .map(({ path, name }) => ({
        path,
        reason: 'is a plain variable, too, and an instance would have one of them',
        remedy: `remove ${name} from variables`,
      })),
    ...platformProblems(secrets, path, platform),
    ...(secrets.length <= MOST_SECRETS
      ? []
      : [
          {
            path: `${path}.secrets`,
            reason: `are ${secrets.length}, and the policy of the instances has room for ${MOST_SECRETS}`,
            remedy: 'keep several values in one secret, as keys of its JSON',
          },
        ]),
  ];
}

function entriesOf(raw: unknown, key: string, path: string): Entry[] {
  const record = isRecord(raw) ? raw[key] : undefined;
  if (!isRecord(record)) return [];
  return Object.entries(record).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ path: `${path}.${key}.${name}`, name, value }] : [],
  );
}

function nameProblems({ path, name }: Entry): Problem[] {
  if (!NAME.test(name) || name.length > LONGEST_NAME) {
    const reason = `is not a name for a variable (capitals, digits and underscores, ${LONGEST_NAME} at most)`;
    return [{ path, reason, remedy: 'name it like SITE_NAME' }];
  }
  if (OWN_VARIABLES.some((own) => own === name)) {
    return [{ path, reason: 'is set by the stack itself', remedy: 'remove it, or choose another name' }];
  }
  if (CREDENTIAL_VARIABLES.includes(name)) {
    const reason = 'would take the place of the credentials of the instance role';
    return [{ path, reason, remedy: 'remove it: the AWS SDKs find the role by themselves' }];
  }
  if (SYSTEM_VARIABLES.includes(name)) {
    return [{ path, reason: 'changes how every program on an instance runs', remedy: 'choose another name' }];
  }
  return [];
}

function valueProblems({ path, name, value }: Entry): Problem[] {
  if (CREDENTIAL_VARIABLES.includes(name)) return [];
  // The value is not shown: it may be what it looks like.
  if (SECRET_NAME.test(name) || SECRET_VALUE.test(value)) {
    return [
      {
        path,
        reason: 'looks like a secret, and would stand in the template for all to read',
        remedy: `keep it in Parameter Store or Secrets Manager, and name it in secrets: { ${name}: 'ssm:/…' }`,
      },
    ];
  }
  if (value.includes('{{resolve:')) {
    const reason = 'would be resolved by CloudFormation, and stand in the environment for all to read';
    return [{ path, reason, remedy: `name what it refers to in secrets: { ${name}: 'ssm:/…' }` }];
  }
  if (/\p{Cc}|\$\{Token\[/u.test(value)) {
    const reason = 'has a line break or another control character, which a variable cannot hold';
    return [{ path, reason, remedy: 'remove it, or keep the value in a parameter and name that in secrets' }];
  }
  if (value === '') {
    return [{ path, reason: 'is empty, and Elastic Beanstalk would drop it', remedy: 'give it a value, or remove it' }];
  }
  if (value.length > LONGEST_VALUE) {
    const reason = `has ${value.length} characters, and Elastic Beanstalk takes ${LONGEST_VALUE}`;
    return [{ path, reason, remedy: 'keep it in a parameter, and name it in secrets' }];
  }
  return [];
}

function sizeProblems(variables: readonly Entry[], path: string): Problem[] {
  const bytes = variables.reduce((sum, { name, value }) => sum + Buffer.byteLength(`${name}=${value}`), 0);
  if (bytes <= MOST_BYTES - OWN_BYTES) return [];
  const reason = `are ${bytes} bytes together, and there is room for ${MOST_BYTES - OWN_BYTES}`;
  return [{ path: `${path}.variables`, reason, remedy: 'keep long ones in parameters, and name those in secrets' }];
}

function referenceProblems({ path, value }: Entry, region: string | undefined): Problem[] {
  const reference = parseArnOrParameter(value);
  if (reference?.kind === 'parameter') return [];
  if (reference === undefined || !isStore(reference.service, value)) {
    // The value is not shown: a person may have written the secret itself.
    const reason = 'is not a reference to a secret or a parameter';
    return [
      {
        path,
        reason,
        remedy:
          "give 'ssm:/path', or the whole ARN of a secret (arn:aws:secretsmanager:…:secret:name-AbCdEf) or a parameter",
      },
    ];
  }
  return otherRegion(path, value, reference.region, region);
}

function isStore(service: string, arn: string): boolean {
  return (
    // Of a secret with the six characters that Secrets Manager adds to its name: permissions go by the whole ARN.
    (service === 'secretsmanager' && /:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}(:|$)/.test(arn)) ||
    (service === 'ssm' && /:parameter\/[\w./-]+$/.test(arn))
  );
}

/** Something that the environment uses, and that is in another region. */
export function otherRegion(path: string, arn: string, found: string, region: string | undefined): Problem[] {
  if (region === undefined || found === region) return [];
  return [
    { path, value: arn, reason: `is in ${found}, and the environment in ${region}`, remedy: `name one in ${region}` },
  ];
}

function platformProblems(secrets: readonly Entry[], path: string, platform: PlatformName | undefined): Problem[] {
  if (secrets.length === 0 || platform === undefined || PLATFORMS[platform].takesSecrets) return [];
  return [
    {
      path: `${path}.secrets`,
      reason: `need a platform version of 26 March 2025 or later, and ${platform} has none`,
      remedy: "use platform 'php-8.0-docker' or 'php-8.5', or let the application fetch them",
    },
  ];
}
