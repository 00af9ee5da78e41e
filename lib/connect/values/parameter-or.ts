/** The path of `ssm:/path`, where the value is kept in a parameter of the account; undefined for a value itself. */
export function parameterPath(text: string): string | undefined {
  return /^ssm:(\/[\w.-]+(?:\/[\w.-]+)*)$/.exec(text)?.[1];
}
