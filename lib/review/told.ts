/** Properties that a finding tells about, by logical ID: no need to tell of them again. */
export class Told {
  private readonly properties = new Map<string, Set<string>>();

  add(logicalId: string, properties: readonly string[]): void {
    const known = this.properties.get(logicalId) ?? new Set();
    for (const property of properties) known.add(property);
    this.properties.set(logicalId, known);
  }

  has(logicalId: string, property: string): boolean {
    return this.properties.get(logicalId)?.has(property) ?? false;
  }
}
