import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Namespace } from './namespaces';

/** Where Debian's package has the daemons. */
const DAEMONS = '/usr/lib/frr';

/** A router: FRRouting's daemons in a namespace, with one configuration. */
export class Router {
  private readonly daemons: ChildProcess[];
  private readonly folders: readonly string[];

  /** @param owner user and group `frr`, whom the daemons give up being root for */
  constructor(
    private readonly namespace: Namespace,
    configuration: string,
    folder: string,
    owner: { readonly uid: number; readonly gid: number },
  ) {
    const { name } = namespace;
    this.folders = [`/var/run/frr/${name}`, `/etc/frr/${name}`];
    for (const each of this.folders) {
      mkdirSync(each, { recursive: true });
      chownSync(each, owner.uid, owner.gid);
    }
    const file = join(folder, `${name}.conf`);
    writeFileSync(file, configuration);
    chownSync(file, owner.uid, owner.gid);
    chmodSync(file, 0o640);
    this.daemons = ['zebra', 'staticd', 'bgpd'].map((daemon) =>
      spawn(
        'ip',
        [
          'netns',
          'exec',
          name,
          join(DAEMONS, daemon),
          '-N',
          name,
          '-f',
          file,
          '--log',
          `file:${join(folder, `${name}.${daemon}.log`)}`,
        ],
        {
          stdio: 'ignore',
        },
      ),
    );
  }

  /** The answer of a `show … json`. */
  show(command: string): unknown {
    return JSON.parse(this.namespace.exec('vtysh', '-N', this.namespace.name, '-c', `${command} json`)) as unknown;
  }

  stop(): void {
    for (const daemon of this.daemons) daemon.kill('SIGTERM');
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
  }
}
