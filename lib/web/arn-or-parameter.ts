/** Something that is kept elsewhere: by its ARN, or by the path of a parameter in the account that the stack goes to. */
export type ArnOrParameter =
  | { readonly kind: 'parameter'; readonly path: string }
  | { readonly kind: 'arn'; readonly arn: string; readonly service: string; readonly region: string };

/** Names of parameters. Source: `PutParameter`, Systems Manager API ArnOrParameter. */
const PARAMETER = /^ssm:(\/[\w.-]+(?:\/[\w.-]+)*)$/;
const ARN = /^arn:[a-z-]+:(?<service>[a-z0-9-]+):(?<region>[a-z0-9-]*):\d{12}:[^\s*?]+$/;

/** Reads `ssm:/path` or an ARN; undefined if it is neither. */
export function parseArnOrParameter(text: string): ArnOrParameter | undefined {
  const path = PARAMETER.exec(text)?.[1];
  if (path !== undefined) return { kind: 'parameter', path };
  const { service, region } = ARN.exec(text)?.groups ?? {};
  return service === undefined || region === undefined ? undefined : { kind: 'arn', arn: text, service, region };
}

/** `arn:…:secret:name-AbCdEf:key` names a key of a secret's JSON; permissions are given on the secret. */
export function secretWithoutKey(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}
