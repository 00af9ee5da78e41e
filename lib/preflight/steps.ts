/** What to do, and the commands for it, each on a line of its own to be copied. */
export function steps(what: string, commands: readonly string[]): string {
  return [what, ...commands.map((command) => `  ${command}`)].join('\n');
}
