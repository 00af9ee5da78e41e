/** The PascalCase of construct IDs: `git-codecommit` as `GitCodecommit`, `ecr.api` as `EcrApi`. */
export function pascalCase(words: string): string {
  return words
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
