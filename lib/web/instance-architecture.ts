/** Processor architectures as Beanstalk names them. */
export type Architecture = 'arm64' | 'x86_64';

/**
 * The architecture of an instance type: Graviton families have a g behind their generation (t4g, m7gd, c8gn, im4gn).
 * Source: "Amazon EC2 instance type naming conventions", EC2 Instance Types.
 */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? 'arm64' : 'x86_64';
}
