/** What findings tell about, by logical ID: no need to tell of it again as an update. */
export class Told {
  private readonly paths = new Map<string, Set<string>>();

  /** @param paths of properties, or of what is in them: `PolicyDocument`, `VersioningConfiguration.Status` */
  add(logicalId: string, paths: readonly string[]): void {
    const known = this.paths.get(logicalId) ?? new Set();
    for (const path of paths) known.add(path);
    this.paths.set(logicalId, known);
  }

  has(logicalId: string, path: string): boolean {
    const known = this.paths.get(logicalId);
    if (known === undefined) return false;
    return (
      known.has(path) ||
      [...known].some(
        (told) => path.startsWith(`${told}.`) || path.startsWith(`${told}[`) || path === `${told} (order)`,
      )
    );
  }
}
