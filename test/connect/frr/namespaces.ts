import { execFileSync } from 'node:child_process';

/** Runs a program and answers what it printed. */
export function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** True where this user may make network namespaces. */
export function hasNamespaces(): boolean {
  const name = `probe-${process.pid}`;
  try {
    run('ip', ['netns', 'add', name]);
    run('ip', ['netns', 'del', name]);
    return true;
  } catch {
    return false;
  }
}

/** A machine of its own: interfaces, addresses and routes that nobody else sees. */
export class Namespace {
  constructor(readonly name: string) {
    run('ip', ['netns', 'add', name]);
    this.ip('link', 'set', 'lo', 'up');
    run('ip', ['netns', 'exec', name, 'sysctl', '-qw', 'net.ipv4.ip_forward=1']);
    // Answers come back over another link than questions when traffic is spread; that is what is looked at.
    run('ip', [
      'netns',
      'exec',
      name,
      'sysctl',
      '-qw',
      'net.ipv4.conf.all.rp_filter=0',
      'net.ipv4.conf.default.rp_filter=0',
    ]);
  }

  ip(...args: readonly string[]): string {
    return run('ip', ['-n', this.name, ...args]);
  }

  exec(program: string, ...args: readonly string[]): string {
    return run('ip', ['netns', 'exec', this.name, program, ...args]);
  }

  delete(): void {
    run('ip', ['netns', 'del', this.name]);
  }
}

export interface End {
  readonly namespace: Namespace;
  readonly device: string;
  readonly address: string;
}

/** A cable between two namespaces. */
export function link(one: End, other: End): void {
  run('ip', [
    ...['link', 'add', one.device, 'netns', one.namespace.name, 'type', 'veth'],
    ...['peer', 'name', other.device, 'netns', other.namespace.name],
  ]);
  for (const { namespace, device, address } of [one, other]) {
    namespace.ip('addr', 'add', address, 'dev', device);
    namespace.ip('link', 'set', device, 'up');
  }
}
