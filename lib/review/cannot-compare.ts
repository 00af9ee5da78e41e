/** One of the sides is not there to be compared (exit code 3): what a person, or a comment, is told. */
export class CannotCompare extends Error {
  /**
   * @param what is not possible: `base (origin/main) does not synthesize`
   * @param lines of output that say why, if there are any
   */
  constructor(
    readonly what: string,
    readonly lines: readonly string[] = [],
  ) {
    super([what, ...lines].join('\n'));
    this.name = 'CannotCompare';
  }
}
