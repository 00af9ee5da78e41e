/** The command line itself is wrong (exit code 2), as opposed to what it names (exit code 1). */
export class UsageError extends Error {
  /** @param command the command that was called, in full: `cidr plan`. Whoever parses the arguments knows it. */
  constructor(
    message: string,
    readonly command?: string,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}
